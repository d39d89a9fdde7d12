"""The HTTP API: the use cases of the pages, for programs."""

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from web.api import (
    assessment_reports,
    bases,
    bulletins,
    cases,
    catalogues,
    cleanups,
    consultations,
    counsels,
    deadlines,
    deliberations,
    docs,
    documents,
    emergencies,
    emergency_requests,
    filings,
    health,
    hearings,
    indicators,
    items,
    kinds,
    library,
    me,
    meetings,
    post_assessments,
    reconciliations,
    registers,
    report_sendings,
    reports,
    rule_list_receipts,
    rule_lists,
    rules,
    sittings,
    tasks,
    tokens,
)
from web.api.refusals import refuse_values

NOUNS = (
    *(me, kinds, cases, documents, bases, tasks, consultations, hearings, sittings),
    *(counsels, meetings, deliberations, filings, catalogues, library, cleanups),
    *(emergencies, emergency_requests, rule_lists, rule_list_receipts),
    *(reconciliations, post_assessments, assessment_reports, indicators, deadlines),
    *(rules, bulletins, items, registers, reports, report_sendings, health),
)
"""Modules with one blueprint each."""

VERSION = "1"

api = APIBlueprint("api", __name__, url_prefix="/api/v1")
for noun in NOUNS:
    api.register_api(noun.bp)


def new_app(name: str) -> OpenAPI:
    """Return an empty application that can describe its operations."""
    return OpenAPI(
        name,
        info=Info(title="ReviewFlow", version=VERSION),
        security_schemes={"token": {"type": "http", "scheme": "bearer"}},
        doc_ui=False,
        validation_error_callback=refuse_values,
        static_folder=None,
    )


def install(app: OpenAPI) -> None:
    """Answer programs below /api/."""
    app.register_api(api)
    app.register_blueprint(docs.bp)
    app.register_error_handler(tokens.AnsweredBefore, tokens.answer_again)
