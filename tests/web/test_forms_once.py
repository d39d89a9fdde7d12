import sqlalchemy as sa
from flask.testing import FlaskClient

from reviewflow.model.access import AuditRecord
from reviewflow.work import Runtime
from tests.web.browser import hidden, sign_in
from tests.web.conftest import MakeApp

FORM = "/trial/form"


def filled(client: FlaskClient, text: str = "理由") -> dict[str, str]:
    """Return the form of a fresh page, filled in."""
    page = client.get(FORM).text
    names = ("csrf_token", "submit_key")
    return {name: hidden(page, name) for name in names} | {"text": text}


def trials(runtime: Runtime) -> list[str]:
    """Return what was done by trial forms."""
    with runtime.read(None) as work:
        select = sa.select(AuditRecord.subject).where(AuditRecord.kind == "trial")
        return list(work.session.scalars(select))


def test_a_second_click_changes_nothing_and_leads_to_the_same_page(
    trial: FlaskClient, runtime: Runtime
) -> None:
    sign_in(trial, "drafter")
    form = filled(trial)

    first, second = trial.post(FORM, data=form), trial.post(FORM, data=form)

    assert first.status_code == second.status_code == 303
    assert first.location == second.location == f"{FORM}?done"
    assert "已办理。" in trial.get(FORM).text
    assert trials(runtime) == ["理由"]


def test_the_same_key_with_other_answers_is_refused(
    trial: FlaskClient, runtime: Runtime
) -> None:
    sign_in(trial, "drafter")
    form = filled(trial)
    trial.post(FORM, data=form)

    answer = trial.post(FORM, data={**form, "text": "另一个理由"})

    assert answer.status_code == 409
    assert "另一个理由" in answer.text
    assert trials(runtime) == ["理由"]


def test_a_key_serves_nobody_else(
    trial: FlaskClient, make_app: MakeApp, runtime: Runtime
) -> None:
    sign_in(trial, "drafter")
    form = filled(trial)
    trial.post(FORM, data=form)
    other = make_app().test_client()
    sign_in(other, "handler")

    answer = other.post(FORM, data={**filled(other), "submit_key": form["submit_key"]})

    assert answer.status_code == 409
    assert trials(runtime) == ["理由"]


def test_a_form_without_a_key_does_nothing(
    trial: FlaskClient, runtime: Runtime
) -> None:
    sign_in(trial, "drafter")
    form = filled(trial)
    assert trial.post(FORM, data={**form, "submit_key": ""}).status_code == 422
    assert trials(runtime) == []


def test_a_form_without_the_token_of_a_page_does_nothing(
    trial: FlaskClient, runtime: Runtime
) -> None:
    sign_in(trial, "drafter")
    form = filled(trial)
    assert trial.post(FORM, data={**form, "csrf_token": ""}).status_code == 400
    assert trials(runtime) == []


def test_a_form_that_failed_may_be_sent_again(
    trial: FlaskClient, runtime: Runtime
) -> None:
    sign_in(trial, "drafter")
    form = filled(trial)
    del form["text"]
    assert trial.post(FORM, data=form).status_code == 400
    assert trial.post(FORM, data={**form, "text": "理由"}).status_code == 303
    assert trials(runtime) == ["理由"]
