"""Documents written one after another into one file: each is a message of its own, a broken one takes none along."""

import pytest

from pipelines.landed.columns import Columns
from pipelines.landed.framing import Frame, frames
from pipelines.landed.manifest import Manifest

ONE = b'<?xml version="1.0"?><PatientBillMessageVO><MsgID/><Composition><A n="%d"/></Composition></PatientBillMessageVO>'


@pytest.mark.parametrize("between", [b"", b"\n", b"\0\0\0", b"\r\n\r\n"])
def test_every_document_is_a_frame(tmp_path, between):
    file = tmp_path / "many.xml"
    file.write_bytes(between.join(ONE % number for number in range(5)) + b"\0\0")
    found = list(frames(file, Columns()))
    assert all(isinstance(frame, Frame) for frame in found)
    assert [frame.payload.strip(b"\0\r\n") for frame in found] == [ONE % number for number in range(5)]


def test_a_broken_document_takes_none_along(tmp_path, state_of):
    file = tmp_path / "many.xml"
    file.write_bytes((ONE % 1) + (ONE % 2).replace(b"</Composition>", b"") + (ONE % 3))
    landed = state_of(file)
    assert (landed.messages, landed.landed, landed.quarantined) == (3, 2, 1)


@pytest.fixture
def state_of(tmp_path):
    from pipelines.landed.landing import land
    from pipelines.landed.sources import Source
    from pipelines.settings import home
    from pipelines.state import writing

    def landed(file):
        with writing(home(tmp_path / "home")) as state:
            return land(state, Source(file.name, (file,), Manifest()), None, None)

    return landed
