"""pairings of collectives."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pairings",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("first_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "second_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"], ["collectives.id"], name=op.f("fk_pairings_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["collectives.id"], name=op.f("fk_pairings_second_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairings")),
        sa.UniqueConstraint("draft", name=op.f("uq_pairings_draft")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pairings_first_id", "pairings", ["first_id"])
    op.create_index("ix_pairings_second_id", "pairings", ["second_id"])


def downgrade() -> None:
    op.drop_table("pairings")
