"""Whether a process ends in whatever order its steps are done."""

from reviewflow.kinds.graph import WAITING, Node, Scope
from reviewflow.kinds.notebook import Notebook
from reviewflow.kinds.token_game import TokenGame, TooManyMarkings, TwoTokens


def check_tokens(book: Notebook, scope: Scope) -> None:
    """Note joins that wait in vain, steps done twice at once, and endless loops.

    The scope has passed `check_flow`.
    """
    for node in scope.nodes.values():
        if node.sort not in WAITING and _spins(scope, node):
            book.note(node.element, "这条环路上没有需要人办理的环节，会一直循环。")
            return
    try:
        game = TokenGame(scope)
    except TwoTokens as found:
        book.note(found.node.element, "并行的分支没有汇合，这里会同时办理两次。")
    except TooManyMarkings:
        book.note(scope.element, "流程的走法过多，无法核对，请拆成调用活动。")
    else:
        for node in game.stuck():
            book.note(
                node.element, "有的分支到不了这里，流程会停住，请检查分流和汇合。"
            )


def _spins(scope: Scope, node: Node) -> bool:
    """A path leads back to the node past nothing that waits."""
    left, seen = [node], set[str]()
    while left:
        for following in scope.after(left.pop()):
            if following is node:
                return True
            if following.sort not in WAITING and following.id not in seen:
                seen.add(following.id)
                left.append(following)
    return False
