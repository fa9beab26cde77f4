"""Addresses of the flow of money, of transfers and of joint objects."""

from django.urls import path, re_path

from sinergi.programs.models import JointObject, Transfer
from sinergi.programs.views import joint, money, money_away

urlpatterns = [
    path("aliran-dana/", money.money, name="money"),
    re_path(r"^aliran-dana\.(?P<kind>csv|xlsx)$", money.money_file, name="money-file"),
    path("aliran-dana/transfer/", joint.transfer_list, name="transfers"),
    path("aliran-dana/transfer/baru/", joint.new_transfer, name="transfer-new"),
    path("aliran-dana/transfer/<int:number>/", joint.one_transfer, name="transfer"),
    path(
        "aliran-dana/transfer/<int:number>/singkirkan/",
        money_away.put_away,
        {"model": Transfer},
        name="transfer-away",
    ),
    path(
        "aliran-dana/transfer/<int:number>/pulihkan/",
        money_away.restore,
        {"model": Transfer},
        name="transfer-restore",
    ),
    path("objek-bersama/", joint.joint_objects, name="joint-objects"),
    path("objek-bersama/baru/", joint.new_joint, name="joint-new"),
    path("objek-bersama/cari-baris/", joint.joint_lines, name="joint-lines"),
    path("objek-bersama/<int:number>/", joint.joint_object, name="joint-object"),
    path("objek-bersama/<int:number>/ubah/", joint.edit_joint, name="joint-edit"),
    path(
        "objek-bersama/<int:number>/singkirkan/",
        money_away.put_away,
        {"model": JointObject},
        name="joint-away",
    ),
    path(
        "objek-bersama/<int:number>/pulihkan/",
        money_away.restore,
        {"model": JointObject},
        name="joint-restore",
    ),
    re_path(
        r"^objek-bersama/(?P<number>[0-9]{1,9})\.(?P<kind>csv|xlsx)$",
        joint.joint_file,
        name="joint-file",
    ),
]
