"""rows that may have arrived, and indexes for long batches."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: What waits to be sent again may have arrived. Where it failed on our own side this says too much.
TRIED_BEFORE = "UPDATE outbox SET doubtful = true WHERE state = 'queued' AND attempts > 0"


def upgrade() -> None:
    op.add_column(
        "outbox",
        sa.Column("doubtful", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.execute(TRIED_BEFORE)
    op.drop_index("ix_outbox_batch", table_name="outbox")
    op.create_index("ix_outbox_standing", "outbox", ["batch", "state", "reason"])
    op.create_index(
        "ix_outbox_sending",
        "outbox",
        ["id"],
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_outbox_groups",
        "outbox",
        ["batch", "chat_id"],
        sqlite_where=sa.text("chat_id < 0"),
        postgresql_where=sa.text("chat_id < 0"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_groups", table_name="outbox")
    op.drop_index("ix_outbox_sending", table_name="outbox")
    op.drop_index("ix_outbox_standing", table_name="outbox")
    op.create_index("ix_outbox_batch", "outbox", ["batch"])
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("doubtful")
