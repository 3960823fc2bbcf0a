"""newsgraph query: a question in SPARQL, an answer in the form that is asked for."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.terminal import Terminal
from graph.query import known_queries, load_query
from newsgraph.settings import Settings
