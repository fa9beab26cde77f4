"""Addresses of services, bills, budgets and alarms."""

from django.urls import URLPattern, path

from sinergi.agreements.views import alarms, bills, budget, services, volumes

AGREEMENT = "kerja-sama/<int:agreement_id>"
SERVICE = f"{AGREEMENT}/layanan/<int:service_id>"
BILL = f"{AGREEMENT}/layanan/tagihan/<int:bill_id>"
"""Below the services, so that their tab is the one that is open."""
PAYER = f"{AGREEMENT}/anggaran/<int:party_id>"
urlpatterns: list[URLPattern] = [
    path(f"{AGREEMENT}/layanan/", services.services, name="services"),
    path(f"{AGREEMENT}/layanan/baru/", services.new_service, name="service-new"),
    path(f"{SERVICE}/", services.service, name="service"),
    path(f"{SERVICE}/ubah/", services.edit_service, name="service-edit"),
    path(f"{SERVICE}/kuota/", services.new_quota, name="quota-new"),
    path(f"{SERVICE}/kuota/<int:quota_id>/hapus/", services.remove_quota, name="quota-remove"),
    path(f"{SERVICE}/tarif/", services.new_tariff, name="tariff-new"),
    path(f"{SERVICE}/tarif/<int:tariff_id>/", services.edit_tariff, name="tariff-edit"),
    path(f"{SERVICE}/tarif/<int:tariff_id>/hapus/", services.remove_tariff, name="tariff-remove"),
    path(f"{SERVICE}/volume/<int:year>/", volumes.volumes, name="volumes"),
    path(f"{SERVICE}/tagihan/", bills.draw_up, name="bills-draw"),
    path(f"{SERVICE}/tagihan.xlsx", bills.bills_file, name="bills-file"),
    path(f"{SERVICE}/tutup/", bills.close_month, name="month-close"),
    path(f"{BILL}/", bills.bill, name="bill"),
    path(f"{BILL}/terbitkan/", bills.issue, name="bill-issue"),
    path(f"{BILL}/bayar/", bills.pay, name="bill-pay"),
    path(f"{BILL}/perbaiki/", bills.correct, name="bill-correct"),
    path(f"{BILL}/batal/", bills.cancel, name="bill-cancel"),
    path(f"{AGREEMENT}/anggaran/", budget.budget, name="budget"),
    path(f"{PAYER}/", budget.new_entry, name="budget-new"),
    path(f"{PAYER}/<int:entry_id>/", budget.edit_entry, name="budget-edit"),
    path(f"{PAYER}/<int:entry_id>/hapus/", budget.remove_entry, name="budget-remove"),
    path(f"{AGREEMENT}/peringatan/", alarms.alarms, name="alarms"),
    path(f"{AGREEMENT}/peringatan/<int:alarm_id>/", alarms.answer, name="alarm-answer"),
]
