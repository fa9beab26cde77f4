"""What a provider, or somebody in its name, might send: unsigned, self-signed, for others, run out."""

import time

import jwt
import pytest
import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa

from sinergi.accounts.signin import openid

ISSUER = "https://masuk.contoh.test"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class App:
    """The provider as it was set up."""

    client_id = "sinergi"
    settings = {"server_url": ISSUER}  # noqa: RUF012 - as the library has it


@pytest.fixture
def adapter(rf, monkeypatch):
    public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
    keys = {"keys": [{**public, "kid": "k", "alg": "RS256"}]}
    told = {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys"}
    made = openid.Adapter(rf.get("/"), "kota")
    made._openid_config = told
    made.did_fetch_access_token = True
    monkeypatch.setattr(made, "get_provider", type("P", (), {"app": App()}))
    monkeypatch.setattr(
        "allauth.socialaccount.internal.jwtkit.fetch_key",
        lambda credential, _url, lookup: (
            jwt.get_unverified_header(credential)["alg"],
            lookup(keys, jwt.get_unverified_header(credential)["kid"]),
        ),
    )
    return made


def signed(key=KEY, algorithm="RS256", **claims):
    usual = {"iss": ISSUER, "aud": "sinergi", "sub": "ani", "exp": time.time() + 3600}
    return jwt.encode({**usual, **claims}, key, algorithm=algorithm, headers={"kid": "k"})


def test_a_token_of_the_provider_is_read(db, adapter):
    assert adapter._decode_id_token(App(), signed())["sub"] == "ani"


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize(
    "forged",
    [
        lambda: signed(OTHER),
        lambda: signed(None, "none"),
        lambda: signed("sinergi" * 8, "HS256"),
        lambda: signed(aud="lain"),
        lambda: signed(iss="https://lain.test"),
        lambda: signed(exp=time.time() - 3600),
        lambda: signed()[:-6] + "AAAAAA",
        lambda: "bukan.token",
    ],
    ids=["other key", "none", "shared key", "audience", "issuer", "run out", "changed", "nonsense"],
)
def test_a_token_that_is_not_as_it_must_be_opens_nothing(db, adapter, forged):
    with pytest.raises(OAuth2Error):
        adapter._decode_id_token(App(), forged())


def test_a_provider_that_calls_itself_another_later_is_refused(adapter):
    adapter._openid_config["issuer"] = "https://lain.test"
    with pytest.raises(requests.RequestException):
        assert adapter.openid_config


def test_an_answer_without_a_signed_token_opens_nothing(rf, adapter):
    with pytest.raises(OAuth2Error):
        adapter.complete_login(rf.get("/"), App(), None, response={"access_token": "x"})
