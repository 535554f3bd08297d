"""marts.refusable_counts: sums of the partitions, nothing merged that must stay apart."""

from text_tables import mart


def test_partitions_are_summed_and_states_stay_apart():
    mart(
        "refusable_counts",
        """
        system_id | gate    | state    | stage_on   | messages | refusable_messages
        s1        | after   | in_force | 2023-01-30 | 30       | 3
        s1        | after   | natural  | 2023-01-30 | 7        | 2
        s1        | unknown | in_force | 2023-01-30 | 5        | 1
        """,
        findings__refusable_counts="""
        system_id | gate    | state    | stage_on   | messages | refusable_messages
        s1        | after   | in_force | 2023-01-30 | 10       | 1
        s1        | after   | in_force | 2023-01-30 | 20       | 2
        s1        | after   | natural  | 2023-01-30 | 7        | 2
        s1        | unknown | in_force | 2023-01-30 | 5        | 1
        """,
    )
