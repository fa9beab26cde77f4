"""Delivery status notifications as Postfix writes them."""

POSTFIX = """\
Return-Path: <>
Date: Sun, 22 Nov 2026 10:00:00 +0700 (WIB)
From: MAILER-DAEMON@mail.contoh.test (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: sinergi@contoh.test
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9C2F3B1.1795312345/mail.contoh.test"
Message-Id: <20261122030000.AAAA@mail.contoh.test>

This is a MIME-encapsulated message.

--9C2F3B1.1795312345/mail.contoh.test
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.contoh.test.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<ani@kota.test>: host mx.kota.test[192.0.2.7] said: 550 5.1.1 <ani@kota.test>:
    Recipient address rejected: User unknown (in reply to RCPT TO command)

--9C2F3B1.1795312345/mail.contoh.test
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.contoh.test
X-Postfix-Queue-ID: 9C2F3B1
X-Postfix-Sender: rfc822; sinergi@contoh.test
Arrival-Date: Sun, 22 Nov 2026 09:59:58 +0700 (WIB)

Final-Recipient: rfc822; ani@kota.test
Original-Recipient: rfc822;ani@kota.test
Action: {action}
Status: {status}
Remote-MTA: dns; mx.kota.test
Diagnostic-Code: smtp; 550 5.1.1 <ani@kota.test>: Recipient address rejected:
    User unknown ani

--9C2F3B1.1795312345/mail.contoh.test
Content-Description: Undelivered Message{headers}
Content-Type: {kind}

{original}
--9C2F3B1.1795312345/mail.contoh.test--
"""
LETTER = """\
From: Sinergi <sinergi@contoh.test>
To: ani@kota.test
Subject: Undangan
Message-ID:
 {mark}
Content-Type: text/plain

Isi.
"""


def report(
    mark: str, action: str = "failed", status: str = "5.1.1", *, whole: bool = True, more: str = ""
) -> bytes:
    """A report on the letter with a mark, which is sent back whole or by its head only."""
    kind, headers = ("message/rfc822", "") if whole else ("text/rfc822-headers", " Headers")
    original = LETTER.format(mark=mark) + more
    values = {"action": action, "status": status, "kind": kind, "headers": headers}
    return POSTFIX.format(original=original, **values).encode()
