"""setbacks, lessons, follow-ups."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "setbacks",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column(
            "collective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("voice", sa.LargeBinary(), nullable=True),
        sa.Column("voice_seconds", sa.Integer(), nullable=True),
        sa.Column("sound", sa.LargeBinary(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fetch_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_setbacks_author_id")),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_setbacks_collective_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setbacks")),
        sa.UniqueConstraint("draft", name=op.f("uq_setbacks_draft")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("setbacks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setbacks_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_setbacks_collective_id"), ["collective_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_setbacks_fetch_at"), ["fetch_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_setbacks_told_at"), ["told_at"], unique=False)

    op.create_table(
        "lessons",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "setback_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_lessons_person_id")),
        sa.ForeignKeyConstraint(
            ["setback_id"], ["setbacks.id"], name=op.f("fk_lessons_setback_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lessons")),
        sa.UniqueConstraint("key", name=op.f("uq_lessons_key")),
    )
    with op.batch_alter_table("lessons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lessons_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lessons_setback_id"), ["setback_id"], unique=False)

    op.create_table(
        "follow_ups",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "collective_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "checkin_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("noted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["checkin_id"], ["checkins.id"], name=op.f("fk_follow_ups_checkin_id")
        ),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collectives.id"], name=op.f("fk_follow_ups_collective_id")
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["persons.id"], name=op.f("fk_follow_ups_noted_by")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_follow_ups_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        sa.UniqueConstraint("checkin_id", name=op.f("uq_follow_ups_checkin_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_follow_ups_collective_id"), ["collective_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_follow_ups_noted_by"), ["noted_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_ups_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_ups_since"), ["since"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_ups_since"))
        batch_op.drop_index(batch_op.f("ix_follow_ups_person_id"))
        batch_op.drop_index(batch_op.f("ix_follow_ups_noted_by"))
        batch_op.drop_index(batch_op.f("ix_follow_ups_collective_id"))

    op.drop_table("follow_ups")
    with op.batch_alter_table("lessons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lessons_setback_id"))
        batch_op.drop_index(batch_op.f("ix_lessons_person_id"))

    op.drop_table("lessons")
    with op.batch_alter_table("setbacks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setbacks_told_at"))
        batch_op.drop_index(batch_op.f("ix_setbacks_fetch_at"))
        batch_op.drop_index(batch_op.f("ix_setbacks_collective_id"))
        batch_op.drop_index(batch_op.f("ix_setbacks_author_id"))

    op.drop_table("setbacks")
