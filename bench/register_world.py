"""A register of 50,000 agreements with a million obligations, made in PostgreSQL itself."""

import os

from django.db import connection

AGREEMENTS = int(os.environ.get("SINERGI_BENCH_AGREEMENTS", "50000"))
EACH = 20
"""Obligations of an agreement, each with one due."""
MADE = """
INSERT INTO agreements_agreement (organisation_id, visibility, revision, created, updated, number, title,
  family, obligatory, geography, object_code, object_text, affair, background, purpose, scope, place,
  benefits, impact, funding, stage, state, begins, ends, end_ground, origin, origin_key, origin_told,
  in_public_register, responsible, note, source)
SELECT %(first)s + n %% 40, 'private', 1, now(), now() - n * interval '1 minute',
  '180/' || n || '/PKS', (ARRAY['Pengelolaan TPA regional', 'Pasokan cabai', 'Penyediaan air baku',
  'Layanan ambulans bersama', 'Angkutan perkotaan'])[1 + n %% 5] || ' nomor ' || n,
  (ARRAY['KSDD', 'KSDPK', 'SINERGI'])[1 + n %% 3], '', '', 'TPA_REGIONAL', '', '1.03', '', '', '', '', '',
  '', '', 'implementation', CASE WHEN n %% 5 = 0 THEN 'ended' ELSE 'living' END,
  current_date - 1500 + n %% 900, current_date - 600 + n %% 2500, '', 'blank', '', '{}', false, '', '', ''
FROM generate_series(1, %(count)s) n
"""
PARTIES = """
INSERT INTO agreements_party (agreement_id, position, name, kind, region_code, agency, duty, required_by,
  representative, office, address, stage, burdens_people, in_budget, revision, offer_answer, offer_note)
SELECT a.id, p, 'Kabupaten ' || ((a.id * 7 + p * 13) %% 514), 'PEMDA',
  '63.' || lpad(((a.id + p) %% 13 + 1)::text, 2, '0'), '', '', '', '', '', '', 'implementation', '', '', 1,
  '', ''
FROM agreements_agreement a, generate_series(1, 3) p
"""
OBLIGATIONS = """
INSERT INTO agreements_obligation (agreement_id, number, kind, debtor_id, text, unit, schedule, indicator,
  target, account, clause, revision, amount)
SELECT p.agreement_id, n, 'money', p.id, 'Membayar iuran', '', '{}', '', '', '', '', 1, 100000000
FROM agreements_party p, generate_series(1, %(each)s) n WHERE p.position = 1
"""
DUES = """
INSERT INTO agreements_due (obligation_id, "on", amount, state, note, revision)
SELECT o.id, current_date - 700 + (o.id * 37 %% 1400)::int, 100000000,
  CASE WHEN (o.id * 37 %% 1400) < 690 AND o.id %% 50 > 0 THEN 'fulfilled' ELSE 'open' END, '', 1
FROM agreements_obligation o
"""
ALARMS = """
INSERT INTO agreements_alarm (agreement_id, kind, key, first_day, told, raised_at, answer)
SELECT id, 'unpaid', '1', current_date, '{}', now(), '' FROM agreements_agreement WHERE id %% 25 = 0
"""


def make() -> None:
    """Fill the database: 40 organisations, agreements, parties, obligations, dues, alarms."""
    from sinergi.accounts.models import Organisation  # noqa: PLC0415 - Django is set up by then

    made = [
        Organisation.objects.create(code=f"biro-{n}", name=f"Biro {n}", kind="third_party")
        for n in range(40)
    ]
    values = {"first": made[0].pk, "count": AGREEMENTS, "each": EACH}
    with connection.cursor() as cursor:
        for statement in (MADE, PARTIES, OBLIGATIONS, DUES, ALARMS):
            cursor.execute(statement, values)
        cursor.execute("ANALYZE")
