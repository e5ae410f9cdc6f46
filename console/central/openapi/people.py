"""Operations of administrators on the directory of people."""

from collections.abc import Sequence
from dataclasses import replace

from console.central.directory import Entry, Kept
from console.central.openapi import samples
from console.central.openapi.operation import Content, Operation, Parameter, one
from console.central.routes.people import People, PersonWish
from console.domain.role import Role

_LOGIN = Parameter(
    "login",
    "path",
    True,
    "whom it is about",
    {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{1,39}$"},
    "wang",
)
_WANG = Entry(
    login="wang",
    name="王小明",
    roles=(Role.DUTY_CHIEF,),
    district="460106",
    unit=None,
    disabled=False,
    has_password=True,
    must_change_password=True,
    changed=samples.NOW,
)
_WISH = PersonWish(name="王小明", roles=(Role.DUTY_CHIEF,), district="460106", hand_password=True)
_HANDED = one(Kept, Kept(person=_WANG, one_time="s9HwPxM3kQ2dYb"))
_REFUSED = ("name-needed", "bad-role", "bad-scope")

PEOPLE: Sequence[Operation] = (
    Operation(
        method="get",
        path="/v1/people",
        says="Everybody who may come in, or might once",
        answers={200: one(People, People(people=[_WANG]))},
        may="administer_people",
    ),
    Operation(
        method="post",
        path="/v1/people/{login}",
        says="Add a person; with hand_password the answer tells a one-time password, once",
        body=Content(
            PersonWish, {"password": _WISH, "provider": replace(_WISH, hand_password=False)}
        ),
        answers={201: _HANDED},
        problems={413: ("too-large",), 422: ("person-exists", "bad-login", *_REFUSED)},
        parameters=(_LOGIN,),
        may="administer_people",
    ),
    Operation(
        method="put",
        path="/v1/people/{login}",
        says="What a person is from now on; who is disabled, or handed a password, is put out",
        body=Content(PersonWish, {"password": _WISH, "disabled": replace(_WISH, disabled=True)}),
        answers={200: _HANDED},
        problems={404: ("unknown-person",), 413: ("too-large",), 422: ("last-admin", *_REFUSED)},
        parameters=(_LOGIN,),
        may="administer_people",
    ),
)
"""Every change stands in the log, as `person.added`, `person.changed`, `person.password_handed`."""
