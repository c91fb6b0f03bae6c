"""What the engine takes away before it counts."""

from tests.mutations.place import PEOPLE, Place

ENGINE = (
    Place(
        "rows of all kinds but those that last",
        "engine/rows.py",
        "    if question.sight and not isinstance(measure.at, During):",
        "    if False:",
        f"{PEOPLE} -k tree_as_it_was",
    ),
    Place(
        "rows that last",
        "engine/rows.py",
        "_lasting(seen(table, measure, question.sight) if question.sight else table)",
        "_lasting(table)",
        f"{PEOPLE} -k what_lasts",
    ),
    Place(
        "the roster",
        "engine/compile.py",
        "    if question.sight:\n        joined = _seen_within(joined)",
        "",
        f"{PEOPLE} -k roster",
    ),
    Place(
        "the organisation's numbers",
        "engine/sight.py",
        "    if sight is None:\n        return False\n    carried",
        "    return False\n    carried",
        f"{PEOPLE} -k number_of_the_organisation",
    ),
    Place(
        "costs of no team",
        "engine/sight.py",
        "    return sight is not None and measure.credit is not None",
        "    return False and measure.credit is not None",
        f"{PEOPLE} -k name_no_team",
    ),
    Place(
        "the sums of a team",
        "engine/sight.py",
        "        return table.filter(is_of_team(table[measure.credit.column(TEAM)]))",
        "        return table",
        f"{PEOPLE} -k sums_of_the_team",
    ),
    Place(
        "the days on which rows are in sight",
        "engine/sight.py",
        "    return table.inner_join(scope, [*same(table, credit, scope), *days]).select(",
        "    return table.inner_join(scope, same(table, credit, scope)).select(",
        f"{PEOPLE} -k move_with_their_manager",
    ),
    Place(
        "the days on which what lasts is in sight",
        "engine/sight.py",
        '    kept["since_on"] = ibis.greatest(table.since_on, scope.scope_since_on)\n'
        '    kept["until_on"] = ibis.least(table.until_on, scope.scope_until_on)\n',
        "",
        f"{PEOPLE} -k move_with_their_manager",
    ),
    Place(
        "the manager under whom a row was made",
        "engine/sight.py",
        "        manager.identical_to(scope.scope_manager),\n",
        "",
        f"{PEOPLE} -k tree_as_it_was",
    ),
    Place(
        "plans of different sights",
        "engine/question.py",
        'self.sight.value if self.sight else "",',
        '"",',
        f"{PEOPLE} -k sums_of_the_team or tree_as",
    ),
    Place(
        "what is left out",
        "engine/gaps.py",
        "        table = seen(table, measure, question.sight, table.as_of_on)",
        "        pass",
        f"{PEOPLE} -k left_out",
    ),
    Place(
        "sums of few reps",
        "engine/rolled.py",
        "    if question.group_size:\n",
        "    if False:\n",
        "tests/scope/test_works_council.py -k few_reps",
    ),
)
