"""Years that were judged, before they are published."""

from __future__ import annotations

PINGYAO = "140728-平遥县-government"
