"""the sounds of questions asked by voice, kept for a change of bot."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spoken_questions",
        sa.Column(
            "proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("file_id", sa.String(length=255), nullable=False),
        sa.Column("sound", sa.LargeBinary(), nullable=True),
        sa.Column("sent_as", sa.String(length=255), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fetch_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_spoken_questions_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_spoken_questions")),
    )
    op.create_index(
        "ix_proposals_voice",
        "proposals",
        ["stage"],
        sqlite_where=sa.text("voice IS NOT NULL"),
        postgresql_where=sa.text("voice IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_proposals_voice", table_name="proposals")
    op.drop_table("spoken_questions")
