from typing import Literal, cast

SolutionResolution = Literal["1080p", "720p"]


def check_solution_resolution(value: object) -> SolutionResolution:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(SolutionResolution, value)
