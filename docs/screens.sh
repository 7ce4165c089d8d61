#!/usr/bin/env bash
# Makes the pictures of the screens from the running program: docs/*.png. Needs tmux, aha and
# chromium (Debian packages of these names), and a font with block characters.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'tmux -L unsaid-screens kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
go build -o "$work/unsaid" .

tmux_() { tmux -L unsaid-screens -f /dev/null "$@"; }

# until_seen TEXT: waits until the screen shows TEXT.
until_seen() {
	for _ in $(seq 200); do
		tmux_ capture-pane -t s -p | grep -qF -- "$1" && return
		sleep 0.05
	done
	echo "the screen never showed: $1" >&2
	tmux_ capture-pane -t s -p >&2
	exit 1
}

# open WIDTH HEIGHT: starts the demo in a terminal of that size.
open() {
	tmux_ new-session -d -s s -x "$1" -y "$2" \
		"COLORTERM=truecolor TERM=xterm-256color UNSAID_AUDIO=null '$work/unsaid' demo --tz UTC"
	until_seen "60 recordings found"
}

# picture NAME: what the screen shows, as docs/NAME.png.
picture() {
	local width height
	width=$(tmux_ display -p -t s '#{window_width}')
	height=$(tmux_ display -p -t s '#{window_height}')
	{
		echo '<meta charset="utf-8"><body style="margin:0;padding:14px;background:#16161a;color:#d8d8de">'
		echo "<pre style=\"margin:0;font:14px/18px 'DejaVu Sans Mono',monospace\">"
		tmux_ capture-pane -t s -p -e | aha --black --no-header
		echo '</pre>'
	} >"$work/screen.html"
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --disable-background-networking \
		--disable-sync --user-data-dir="$work/chromium" --window-size="$((width * 843 / 100 + 30)),$((height * 18 + 30))" \
		--screenshot="docs/$1.png" "file://$work/screen.html" >/dev/null 2>&1
	echo "docs/$1.png"
}

keys() { tmux_ send-keys -t s "$@"; }

open 110 28
keys j j Space
until_seen "▶"
picture library
keys 2 G d
until_seen "What to ask for"
picture delete
keys Escape
keys 3
until_seen "February 2026"
picture calendar
tmux_ kill-server
