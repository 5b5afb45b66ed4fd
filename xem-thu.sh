#!/bin/sh
# Bấm đúp, hoặc gõ ./xem-thu.sh trong cửa sổ dòng lệnh, để xem thử trang trên máy này.
cd "$(dirname "$0")" || exit 1
exec python3 tasks.py preview "$@"
