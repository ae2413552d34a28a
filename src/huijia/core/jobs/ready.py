"""What Procrastinate's app is told once it is ready."""

from procrastinate import App


def on_app_ready(app: App) -> None:
    """Nothing yet beyond the tasks that packages register themselves."""
