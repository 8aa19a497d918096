SELECT count(*) AS n FROM orders WHERE day = '${session_date}'
