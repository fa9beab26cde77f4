"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class PersonManager(BaseUserManager["Person"]):
    """Makes people and finds them by e-mail address, whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make a person; without a password, one who cannot sign in by password yet."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person with an e-mail address.

        Raises
        ------
        Person.DoesNotExist
        """
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who signs in with an e-mail address.

    Attributes
    ----------
    email
        In lower case; replaced by an address that cannot exist when the person is erased.
    is_administrator
        May set up the installation: organisations, their administrators, tasks, the whole audit trail. It
        gives no access to what belongs to organisations.
    erased_at
        When the personal data was erased on request; the number stays, because the audit trail names it.
    """

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=160)
    language = models.CharField(max_length=5, default="id")
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        """Order and constraints of the table."""

        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(Lower("email"), name="one_person_an_address"),)

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name, for libraries that ask this way."""
        return self.name
