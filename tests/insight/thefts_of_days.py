"""What can be stolen of daily figures."""

from tests.insight.theft import Theft

THEFTS = (
    Theft("a day with a purchase more", "2.4 daily figures", "told otherwise",
          lambda e: [f"UPDATE figures_day SET amount = amount + 1 WHERE programme_id = '{e.cafe}' AND store = ''"
                     " AND measure = 'purchases' AND day = (SELECT max(day) FROM figures_day"
                     f" WHERE measure = 'purchases' AND programme_id = '{e.cafe}')"]),
    Theft("points that a day lost", "2.4 daily figures", "told otherwise",
          lambda e: [f"DELETE FROM figures_day WHERE measure = 'expire' AND programme_id = '{e.cafe}'"]),
    Theft("points moved to another day", "2.4 daily figures", "told otherwise",
          lambda e: ["UPDATE figures_day SET day = day + 3650 WHERE measure = 'burn' AND store = ''"
                     f" AND programme_id = '{e.grocer}'"]),
    Theft("late points of a day made timely", "2.4 daily figures", "told otherwise",
          lambda e: [f"UPDATE figures_day SET late = 0 WHERE late <> 0 AND programme_id = '{e.grocer}'"]),
    Theft("a member whom nobody saw", "2.4 daily figures", "other members were seen",
          lambda e: ["UPDATE figures_seen SET bought = bought + 1 WHERE day = (SELECT max(day) FROM figures_seen)"]),
    Theft("members who were never there", "2.4 daily figures", "another number of different members",
          lambda e: ["UPDATE figures_standing SET amount = amount + 1 WHERE measure = 'active_90' AND store = ''"]),
    Theft("a number nobody has counted up to", "2.4 daily figures", "told otherwise",
          lambda e: [f"UPDATE figures_watermark SET seq = 1 WHERE programme_id = '{e.grocer}'"]),
)  # fmt: skip
