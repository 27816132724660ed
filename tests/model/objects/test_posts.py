"""The register of posts: who finds which, and what stays free."""

from linli.agents.rules.matching import RANDOM, SKILL, SKILL_TIME_WISH, post_skill, post_time
from linli.model.objects.posts import Posts, fits


def test_fit_is_the_mean_of_skill_time_and_wish():
    assert fits(0.4, 0.1).tolist() == [[[167, 467], [500, 800]], [[367, 667], [700, 1000]]]


def test_the_best_post_is_found_taken_and_left():
    posts = Posts(compounds=3, per_compound=4, other_skill=0.4, other_wish=0.1)
    assert (len(posts), posts.open, [posts.compound(n) for n in (0, 3, 4, 11)]) == (12, 12, [0, 0, 1, 2])
    skill, time = post_skill(7), post_time(7)
    assert posts.fit(7, skill, time, skill) == 1000
    assert posts.find(SKILL_TIME_WISH, skill, time, skill, 0) == 7
    assert posts.find(RANDOM, skill, time, skill, 9) == 9
    assert posts.find(SKILL, skill, time, skill, 8) == next(
        n for n in (*range(8, 12), *range(8)) if post_skill(n) == skill
    )
    for post in range(12):
        posts.take(post)
    assert (posts.open, posts.find(RANDOM, skill, time, skill, 5)) == (0, -1)
    posts.leave(4)
    assert (posts.open, posts.find(SKILL_TIME_WISH, skill, time, skill, 5)) == (1, 4)
