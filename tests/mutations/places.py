"""Every place that keeps somebody from seeing something, and the tests that should miss it."""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = "tests/scope/test_people.py"
HISTORY = "tests/scope/test_history.py"
CATALOGUE = "tests/scope/test_catalogue.py"
CANARY = "tests/web/canary/test_canary.py"
NEAR = f"{CANARY} -k each_of_the_twenty"


@dataclass(frozen=True)
class Place:
    """Some source that stands in one file once, what is put in its place, and who should notice.

    `tests` are files, and words of `-k`.
    """

    name: str
    path: str
    source: str
    instead: str
    tests: str


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
        CATALOGUE,
    ),
    Place(
        "the days on which what lasts is in sight",
        "engine/sight.py",
        '    kept["since_on"] = ibis.greatest(table.since_on, scope.scope_since_on)\n'
        '    kept["until_on"] = ibis.least(table.until_on, scope.scope_until_on)\n',
        "",
        f"{PEOPLE} -k what_lasts",
    ),
    Place(
        "the manager under whom a row was made",
        "engine/sight.py",
        "        manager.identical_to(scope.scope_manager),\n",
        "",
        f"{PEOPLE} {HISTORY} {CATALOGUE}",
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
)

PROJECT = (
    Place(
        "answers kept for others",
        "project/asking.py",
        "return replace(self, where=None), *sorted",
        "return replace(self, where=None, scope=EVERYTHING), *sorted",
        f"{PEOPLE} -k people_of_one_role",
    ),
    Place(
        "whose quotas answer",
        "project/asking.py",
        "context(settings, by, where, seen.kept_by)",
        "context(settings, by, where)",
        CATALOGUE,
    ),
    Place(
        "the days on which people stand below a manager",
        "project/within.py",
        "select h.rep_id, greatest(h.since_on, t.since_on), least(h.until_on, t.until_on)\n  from",
        "select h.rep_id, date '0001-01-01', date '9999-12-31'\n  from",
        f"{PEOPLE} {HISTORY} {CATALOGUE}",
    ),
    Place(
        "teams of which only a part is in sight",
        "project/within.py",
        "is_whole = bool(alone) and not any(_overlap(each, asked) for each in teams.parts)",
        "is_whole = bool(alone)",
        f"{PEOPLE} -k costs_of_a_team",
    ),
    Place(
        "sums split by rep",
        "project/within.py",
        "    if apart and scope.kind is Kind.SUMS:",
        "    if False:",
        f"{PEOPLE} -k sees_sums",
    ),
    Place(
        "a rep's numbers by rep",
        "project/within.py",
        "    is_own = scope.kind is Kind.REP and (is_own or bool(apart))",
        "    is_own = scope.kind is Kind.REP and is_own",
        f"{PEOPLE} -k own_rows",
    ),
    Place(
        "totals of own rows",
        "project/questions.py",
        "        is_own = any(each.id in words.by for each in OF_ONE_REP)",
        "        is_own = False",
        f"{PEOPLE} -k totals_of_own",
    ),
    Place(
        "own records",
        "project/questions.py",
        "        words = replace(words, is_own=True)\n        declared",
        "        declared",
        f"{PEOPLE} -k records_are",
    ),
    Place(
        "own records of the waterfall",
        "project/questions.py",
        "        words = replace(words, is_own=True)\n        with",
        "        with",
        CATALOGUE,
    ),
    Place(
        "records, from who sees sums",
        "project/questions.py",
        "        if self.scope.kind is Kind.SUMS:\n            raise",
        "        if False:\n            raise",
        f"{PEOPLE} -k sees_sums",
    ),
    Place(
        "shares of empty columns",
        "project/questions.py",
        "reader.data.lacks() if self.scope.is_everything else None",
        "reader.data.lacks()",
        f"{CATALOGUE} -k empty_columns",
    ),
    Place(
        "shares of empty columns in notes",
        "project/notes.py",
        "    if asked.question.sight:\n        return\n    found",
        "    found",
        "tests/scope",
    ),
    Place(
        "values of others in notes",
        "project/notes.py",
        "    if asked.question.sight or asked.question.group_size:\n        return\n",
        "",
        "tests/scope tests/catalogue/test_own.py tests/catalogue/test_own_formula.py",
    ),
    Place(
        "names of reps, teams and the like in filters",
        "project/filters.py",
        "    if seen.sight is None:\n        return role",
        "    if True:\n        return role",
        f"{PEOPLE} -k somebody_else",
    ),
    Place(
        "names of teams that are no rep's in filters",
        "project/filters.py",
        "*(sorted(without_rep) if seen.sight is None else ())",
        "*sorted(without_rep)",
        f"{PEOPLE} {CATALOGUE}",
    ),
    Place(
        "values of others in filters",
        "project/filters.py",
        "value not in ids and seen.sight is None:",
        "value not in ids:",
        f"{PEOPLE} -k only_others_have",
    ),
    Place(
        "reps that answered, in filters",
        "project/filters.py",
        '    if credit is None or seen.sight is None:\n        return ""',
        '    if True:\n        return ""',
        f"{PEOPLE} {CATALOGUE}",
    ),
    Place(
        "the pipeline's waterfall",
        "project/flows/seen_states.py",
        "    if sight is None:\n        return states.mutate(is_seen=True)",
        "    if True:\n        return states.mutate(is_seen=True)",
        f"{PEOPLE} -k waterfall",
    ),
    Place(
        "histories",
        "project/history/telling.py",
        "return bool(self._rows(IN_SIGHT.format(hands=self.queries.hands))[1])",
        "return True",
        HISTORY,
    ),
    Place(
        "histories, from who sees sums",
        "project/history/telling.py",
        "        if self.scope.kind is Kind.SUMS:\n            return False",
        "        if self.scope.kind is Kind.SUMS:\n            return True",
        f"{HISTORY} {CATALOGUE}",
    ),
    Place(
        "histories on days out of sight",
        "project/history/telling.py",
        "  and s.scope_since_on < coalesce(least(h.until_on, r.until_on), h.until_on)\n"
        "  and s.scope_until_on > coalesce(greatest(h.since_on, r.since_on), h.since_on)\n",
        "",
        HISTORY,
    ),
    Place(
        "the whole project",
        "project/scoped.py",
        "        if not self.scope.is_everything:",
        "        if False:",
        f"{PEOPLE} -k minds_the_data",
    ),
)

WEB = (
    Place(
        "the scope of whoever asks",
        "web/current.py",
        "current_project().scoped(scope_of(viewer_of(request).person))",
        'current_project().scoped(__import__("foresail.core.scope").core.scope.EVERYTHING)',
        NEAR,
    ),
    Place(
        "managers who are nobody in the data",
        "web/people/scope.py",
        "    return SUMS",
        "    return EVERYTHING",
        NEAR,
    ),
    Place(
        "managers' scope",
        "web/people/scope.py",
        "        return Scope.of_manager(person.rep_id)",
        "        return EVERYTHING",
        NEAR,
    ),
    Place(
        "reps' scope",
        "web/people/scope.py",
        "        return Scope.of_rep(person.rep_id)",
        "        return Scope.of_manager(person.rep_id)",
        "tests/web/people/test_scope.py",
    ),
    Place(
        "the door",
        "web/people/guard.py",
        "        check(viewer, right)\n        return None",
        "        return None",
        "tests/web/people/test_matrix.py -k test_the_matrix",
    ),
    Place(
        "the right to take out files",
        "web/people/guard.py",
        "    check(viewer_of(request), right)",
        "    viewer_of(request)",
        "tests/web/test_forms.py tests/web/people/test_ways.py tests/web/people/test_scope.py",
    ),
    Place(
        "people who were sent away",
        "web/people/viewer.py",
        "isinstance(person, Person) and person.is_active else None",
        "isinstance(person, Person) else None",
        f"{CANARY} -k gus",
    ),
    Place(
        "what a share link lets see",
        "web/people/viewer.py",
        "            return self.person.rights & SHARED_RIGHTS",
        "            return self.person.rights",
        "tests/web/people/test_sharing.py tests/web/people/test_ways.py",
    ),
    Place(
        "what a token grants",
        "web/people/models/token.py",
        " & self.person.rights",
        "",
        "tests/web/people/test_tokens.py",
    ),
    Place(
        "pages that may be shared",
        "web/people/sharing.py",
        "    return match if right_of(match.func) is Audience.READERS else None",
        "    return match",
        "tests/web/people/test_sharing.py tests/web/people/test_matrix.py",
    ),
    Place(
        "talks of other managers",
        "web/talks/sight.py",
        "        return talks.filter(made_by=person)",
        "        return talks",
        "tests/web/test_rep.py",
    ),
    Place(
        "talks of others",
        "web/talks/sight.py",
        "    return talks.none()",
        "    return talks",
        "tests/web/test_rep.py",
    ),
    Place(
        "notes that are not shared",
        "web/talks/block.py",
        "    may_read = is_maker or talk.is_shared",
        "    may_read = True",
        "tests/web/test_rep.py",
    ),
    Place(
        "views of others",
        "web/saved/models.py",
        "cls.objects.filter(models.Q(owner=person) | models.Q(is_shared=True))",
        "cls.objects.all()",
        "tests/web/test_saved.py",
    ),
    Place(
        "views of others, to be changed",
        "web/saved/views.py",
        "get_object_or_404(SavedView, pk=number, owner=person_of(request))",
        "get_object_or_404(SavedView, pk=number)",
        "tests/web/test_saved.py",
    ),
    Place(
        "uploaded files of others",
        "web/data/drafts.py",
        '    if notes["owner"] != owner:',
        "    if False:",
        "tests/web/test_data.py",
    ),
)

PLACES = (*ENGINE, *PROJECT, *WEB)
