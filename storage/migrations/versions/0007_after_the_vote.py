"""What a meeting decided, when a vote is reminded of, and answers that were counted."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposals", sa.Column("reminds_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("proposals", sa.Column("meeting", sa.String(length=24), nullable=True))
    with op.batch_alter_table("felt", schema=None) as batch_op:
        batch_op.alter_column("value", existing_type=sa.String(length=24), nullable=True)
    _count()
    # A decision that was judged comes up again on a new day only.
    op.execute("UPDATE proposals SET review_on = NULL WHERE carried IS NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM felt WHERE value IS NULL")
    with op.batch_alter_table("felt", schema=None) as batch_op:
        batch_op.alter_column("value", existing_type=sa.String(length=24), nullable=False)
    op.drop_column("proposals", "meeting")
    op.drop_column("proposals", "reminds_at")


def _count() -> None:
    """Forget what each said to a question that was told: it stands in the totals."""
    proposals = sa.table("proposals", sa.column("id"), sa.column("felt"))
    felt = sa.table("felt", sa.column("proposal_id"), sa.column("question"), sa.column("value"))
    told = sa.select(proposals.c.id, proposals.c.felt).where(proposals.c.felt.is_not(None))
    for number, questions in op.get_bind().execute(told).all():
        counted = (felt.c.proposal_id == number, felt.c.question.in_([*json.loads(questions)]))
        op.execute(sa.update(felt).where(*counted).values(value=None))
