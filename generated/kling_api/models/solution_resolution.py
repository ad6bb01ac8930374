from typing import Literal, cast

SolutionResolution = Literal["1080p", "720p"]


def check_solution_resolution(value: object) -> SolutionResolution:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(SolutionResolution, value)
