"""what the collective does together, who comes, who was there, and what it leaves."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activities",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("draft", sa.String(length=80), nullable=False),
        sa.Column(
            "collective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "planned_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("in_charge", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("open_to_others", sa.Boolean(), nullable=False),
        sa.Column("with_whom", sa.LargeBinary(), nullable=True),
        sa.Column("repeats", sa.String(length=24), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("regular_day", sa.Date(), nullable=False),
        sa.Column("regular_at", sa.String(length=5), nullable=False),
        sa.Column("series_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("learned", sa.LargeBinary(), nullable=True),
        sa.Column("felt", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_activities_collective_id")
        ),
        sa.ForeignKeyConstraint(
            ["in_charge"], ["persons.id"], name=op.f("fk_activities_in_charge")
        ),
        sa.ForeignKeyConstraint(
            ["planned_by"], ["persons.id"], name=op.f("fk_activities_planned_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("draft", name=op.f("uq_activities_draft")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_activities_agenda", "activities", ["collective_id", "starts_at"], unique=False
    )
    op.create_index(
        op.f("ix_activities_collective_id"), "activities", ["collective_id"], unique=False
    )
    op.create_index(op.f("ix_activities_in_charge"), "activities", ["in_charge"], unique=False)
    op.create_index(op.f("ix_activities_planned_by"), "activities", ["planned_by"], unique=False)

    op.create_table(
        "activity_answers",
        sa.Column(
            "activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("coming", sa.String(length=24), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_activity_answers_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_activity_answers_member_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "member_id", name=op.f("pk_activity_answers")),
    )
    op.create_index(
        "ix_activity_answers_member_id", "activity_answers", ["member_id"], unique=False
    )

    op.create_table(
        "activity_felt",
        sa.Column(
            "activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("question", sa.String(length=24), nullable=False),
        sa.Column("value", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_activity_felt_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_activity_felt_member_id")
        ),
        sa.PrimaryKeyConstraint(
            "activity_id", "member_id", "question", name=op.f("pk_activity_felt")
        ),
    )
    op.create_index("ix_activity_felt_member_id", "activity_felt", ["member_id"], unique=False)

    op.create_table(
        "activity_files",
        sa.Column(
            "activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("file_id", sa.String(length=255), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fetch_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_activity_files_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_activity_files_person_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "kind", name=op.f("pk_activity_files")),
    )
    op.create_index(
        op.f("ix_activity_files_fetch_at"), "activity_files", ["fetch_at"], unique=False
    )
    op.create_index(
        op.f("ix_activity_files_given_at"), "activity_files", ["given_at"], unique=False
    )
    op.create_index(
        op.f("ix_activity_files_person_id"), "activity_files", ["person_id"], unique=False
    )

    op.create_table(
        "attendance",
        sa.Column(
            "activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_attendance_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_attendance_member_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "member_id", name=op.f("pk_attendance")),
    )
    op.create_index("ix_attendance_member_id", "attendance", ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_attendance_member_id", table_name="attendance")

    op.drop_table("attendance")
    op.drop_index(op.f("ix_activity_files_person_id"), table_name="activity_files")
    op.drop_index(op.f("ix_activity_files_given_at"), table_name="activity_files")
    op.drop_index(op.f("ix_activity_files_fetch_at"), table_name="activity_files")

    op.drop_table("activity_files")
    op.drop_index("ix_activity_felt_member_id", table_name="activity_felt")

    op.drop_table("activity_felt")
    op.drop_index("ix_activity_answers_member_id", table_name="activity_answers")

    op.drop_table("activity_answers")
    op.drop_index(op.f("ix_activities_planned_by"), table_name="activities")
    op.drop_index(op.f("ix_activities_in_charge"), table_name="activities")
    op.drop_index(op.f("ix_activities_collective_id"), table_name="activities")
    op.drop_index("ix_activities_agenda", table_name="activities")

    op.drop_table("activities")
