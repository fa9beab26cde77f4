"""Pages of services, budgets and alarms open for who keeps the agreement, and not for strangers."""

import pytest
from django.urls import reverse

from sinergi.accounts.models import Person
from sinergi.agreements.models import Service
from tests.agreements.making import a_party, an_agreement, bureau, officer, stranger
from tests.people import signed_in

PAGES = ("services", "service-new", "budget", "alarms")


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_who_keeps_the_agreement(client, name) -> None:
    agreement = an_agreement(bureau())
    a_party(agreement)
    someone = Person.objects.get(pk=officer(agreement.organisation).person_id)
    page = signed_in(client, someone).get(reverse(f"agreements:{name}", args=[agreement.pk]))
    assert page.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_not_there_for_who_may_not_see_the_agreement(client, name) -> None:
    agreement = an_agreement(bureau())
    someone = Person.objects.get(pk=stranger().person_id)
    page = signed_in(client, someone).get(reverse(f"agreements:{name}", args=[agreement.pk]))
    assert page.status_code == 404


@pytest.mark.django_db
def test_a_service_shows_itself_and_its_volumes(client) -> None:
    agreement = an_agreement(bureau())
    provider, _payer = a_party(agreement), a_party(agreement)
    service = Service.objects.create(
        agreement=agreement, provider=provider, name="Pemrosesan akhir sampah", unit="ton"
    )
    someone = Person.objects.get(pk=officer(agreement.organisation).person_id)
    signed_in(client, someone)
    args = [agreement.pk, service.pk]
    assert client.get(reverse("agreements:service", args=args)).status_code == 200
    assert client.get(reverse("agreements:volumes", args=[*args, 2022])).status_code == 200
    assert client.get(reverse("agreements:bills-file", args=args)).status_code == 200
