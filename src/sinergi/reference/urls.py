"""Addresses of the room `reference`."""

from django.urls import URLPattern, URLResolver, path

from sinergi.reference import views

app_name = "reference"
urlpatterns: list[URLPattern | URLResolver] = [
    path("peta/bentuk/nasional.json", views.shape, name="national_shape"),
    path("peta/bentuk/<str:name>.json", views.shape, name="province_shape"),
]
