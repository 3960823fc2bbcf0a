import pytest

from benchmarks.quality.calibrate import AS_IS, error_of, fitted


def test_a_confidence_becomes_the_share_that_is_right():
    judged = [(0.9, number % 2 == 0) for number in range(200)] + [
        (0.5, number % 5 == 0) for number in range(200)
    ]

    curve = fitted(judged)

    assert curve(0.9) == pytest.approx(0.5, abs=0.01)
    assert curve(0.5) == pytest.approx(0.2, abs=0.01)
    assert error_of(judged, curve) < 0.01 < error_of(judged, AS_IS)


def test_what_is_calibrated_already_stays():
    judged = [(0.8, number % 5 != 0) for number in range(100)] + [
        (0.2, number % 5 == 0) for number in range(100)
    ]

    assert fitted(judged)(0.8) == pytest.approx(0.8, abs=0.01)


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_full_and_no_sureness_are_numbers_too(confidence):
    assert AS_IS(confidence) == pytest.approx(confidence, abs=0.001)
