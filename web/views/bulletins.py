"""情况通报: figures of a period frozen and signed, and what they would be today."""

from collections.abc import Mapping

from flask import (
    Blueprint,
    Response,
    json,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, ReviewflowError
from reviewflow.letters.workbook import MEDIA_TYPE
from reviewflow.queries.bulletin_figures import bulletin_figures, read_frozen
from reviewflow.queries.bulletin_sheets import (
    bulletin_docx,
    bulletin_workbook,
    proof,
)
from reviewflow.queries.bulletins import (
    bulletin_page,
    bulletins_page,
    comparison,
    trusted_page,
)
from reviewflow.queries.definitions import book
from reviewflow.usecases.bulletins import freeze_bulletin
from web.errors import status_of
from web.files import send_made
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("bulletins", __name__, url_prefix="/bulletins")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"


@bp.get("")
def index() -> ResponseReturnValue:
    """List the bulletins, and offer to make one."""
    return _index(None)


@bp.post("")
def freeze() -> ResponseReturnValue:
    """Freeze the figures of a period."""
    try:
        with begin_work() as work:
            row = freeze_bulletin(work, request.form, bulletin_figures)
            answer_with(
                url_for(".show", bulletin_id=row.id), "数字已固定并签名，以后不再改动。"
            )
    except (Invalid, Conflict) as error:
        return _index(error)
    return answered()


@bp.get("/<int:bulletin_id>")
def show(bulletin_id: int) -> str:
    """Show one bulletin as it was told, its signature checked anew."""
    with begin_reading() as work:
        page = bulletin_page(work, bulletin_id)
        return render_template("bulletins/show.html", page=page, book=book())


@bp.get("/<int:bulletin_id>/comparison")
def compare(bulletin_id: int) -> ResponseReturnValue:
    """Show what its figures would be today."""
    with begin_reading() as work:
        if not bulletin_page(work, bulletin_id).is_trusted:
            return redirect(url_for(".show", bulletin_id=bulletin_id), 303)
        page, found = comparison(work, bulletin_id)
        return render_template("bulletins/comparison.html", page=page, found=found)


@bp.get("/<int:bulletin_id>.docx")
def word(bulletin_id: int) -> Response:
    """Give the paper that is sent out."""
    with begin_reading() as work:
        page = trusted_page(work, bulletin_id)
        content = bulletin_docx(page, read_frozen(page.row))
        return send_made(content, WORD, f"{page.title}.docx")


@bp.get("/<int:bulletin_id>.xlsx")
def sheets(bulletin_id: int) -> Response:
    """Give every table as a workbook."""
    with begin_reading() as work:
        page = trusted_page(work, bulletin_id)
        content = bulletin_workbook(page, read_frozen(page.row))
        return send_made(content, MEDIA_TYPE, f"{page.title}.xlsx")


@bp.get("/<int:bulletin_id>.json")
def signed(bulletin_id: int) -> Response:
    """Give the very text that was signed, with its signature."""
    with begin_reading() as work:
        page = bulletin_page(work, bulletin_id)
        content = json.dumps(proof(page.row), ensure_ascii=False).encode()
        return send_made(content, JSON, f"{page.title}.json")


def _index(refused: ReviewflowError | None) -> ResponseReturnValue:
    errors: Mapping[str, str] = refused.errors if isinstance(refused, Invalid) else {}
    with begin_reading() as work:
        text = render_template(
            "bulletins/index.html",
            page=bulletins_page(work, request.args.get("page", 1, int)),
            today=work.today,
            typed=request.form,
            errors=errors,
            refused=refused,
        )
    return text, status_of(refused) if refused else 200
