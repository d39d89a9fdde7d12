import pytest
from flask.testing import FlaskClient

from tests.web.browser import sign_in
from web.guard import LARGEST_BODY, LARGEST_STRANGER

PAGES = ["/signin", "/trial/form", "/password", "/nowhere", "/trial/fails/other"]
HTTPS = "https://localhost"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_a_browser_may_do_with_it(
    trial: FlaskClient, path: str
) -> None:
    sign_in(trial, "drafter")

    headers = trial.get(path).headers

    policy = headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= {*policy}
    assert {"base-uri 'none'", "object-src 'none'", "form-action 'self'"} <= {*policy}
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_static_files_carry_the_same_headers_and_may_be_kept(
    trial: FlaskClient,
) -> None:
    page = trial.get("/signin").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]

    with trial.get(address) as answer:
        assert answer.status_code == 200
        headers = answer.headers

    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


def test_a_static_file_under_an_old_address_is_not_kept(trial: FlaskClient) -> None:
    with trial.get("/static/000000000000/app.css") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/x/../app.py", "/static/x/%2e%2e/__init__.py", "/static/x/nothing"]
)
def test_nothing_outside_the_static_folder_is_served(
    trial: FlaskClient, path: str
) -> None:
    assert trial.get(path).status_code == 404


def test_the_cookie_of_production_is_bound_to_host_and_tls(trial: FlaskClient) -> None:
    cookie = sign_in(trial, "drafter").headers["Set-Cookie"]

    assert cookie.startswith("__Host-reviewflow=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_a_demo_works_over_plain_http(demo: FlaskClient) -> None:
    cookie = sign_in(demo, "drafter").headers["Set-Cookie"]
    assert cookie.startswith("reviewflow=")
    assert "Secure" not in cookie


def test_tls_is_insisted_on_once_it_is_there(trial: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in trial.get("/signin").headers
    headers = trial.get("/signin", base_url=HTTPS).headers
    assert "max-age=31536000" in headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("192.168.1.20:8000", 200),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
    ],
)
def test_a_demo_answers_to_no_foreign_name(
    demo: FlaskClient, host: str, status: int
) -> None:
    assert demo.get("/signin", headers={"Host": host}).status_code == status


def test_a_body_that_is_too_large_is_refused_in_a_sentence(trial: FlaskClient) -> None:
    sign_in(trial, "drafter")
    answer = trial.post(
        "/trial/form",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(LARGEST_BODY + 1)},
    )
    assert answer.status_code == 413
    assert "单个文件不超过 50 MB" in answer.text


def test_a_stranger_may_send_little(trial: FlaskClient) -> None:
    answer = trial.post("/signin", data={"name": "x" * (LARGEST_STRANGER + 1)})
    assert answer.status_code == 413
