"""how it was to decide, as it was told."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposals", sa.Column("felt", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("proposals", "felt")
