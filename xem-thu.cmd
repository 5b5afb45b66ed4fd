@echo off
chcp 65001 >nul
pushd "%~dp0"
set "PYTHONUTF8=1"
set "PYTHON=python"
where py >nul 2>nul && set "PYTHON=py -3"
%PYTHON% tasks.py preview %*
if errorlevel 1 (
  echo.
  echo Chưa mở được bản xem thử. Nếu máy chưa có Python 3.11 trở lên, hãy cài từ python.org rồi bấm đúp lại tệp này.
  pause
)
popd
