"""Certificates for all at once: seconds for two hundred, each with its code, as .docx and as one PDF.

`python -m benchmarks.awards`. The promise is A35 of docs/admin-checklist.md: 200 in less than a minute.
"""

from __future__ import annotations

import time

from actions import pages, word_reading
from actions.template_check import example, qr
from actions.template_render import Picture, Value, rendered
from actions.template_writing import MADE_AT, shipped
from benchmarks._figures import Figure, Line
from program.awards import new_code
from program.templates import fields

MANY = 200


async def run() -> list[Line]:
    common: dict[str, Value] = {name: example(field) for name, field in fields("certificate").items()}
    copies = [
        {
            **common,
            "фио": f"Котова Анна {n}",
            "qr": Picture(qr(f"https://school.example/check/{new_code()}"), 26),
        }
        for n in range(MANY)
    ]
    template = shipped("certificate")
    began = time.perf_counter()
    docx = rendered(template, copies, title="Сертификат", author="Школа", made_at=MADE_AT)
    written = time.perf_counter()
    pdf = pages.of_read(word_reading.read(docx), MADE_AT)
    done = time.perf_counter()
    parts = f".docx {written - began:.1f} s, {len(docx) // 1000} KB; PDF {done - written:.1f} s, {len(pdf) // 1000} KB"
    return [Figure(f"{MANY} certificates, each with its code", f"{done - began:.1f} s", "≤ 60 s", parts)]
