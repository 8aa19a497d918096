"""A session's built-in parameters, and the check that its time lies on the workflow's schedule."""
import datetime
import zoneinfo

MINUTE = datetime.timedelta(minutes=1)
WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
OPTIONS = {'skip_on_overtime', 'skip_delayed_by'}


def pattern_of(schedule):
    """The cron pattern of the session times (cron4j's meaning: every field must match)."""
    kinds = [key for key in schedule if key.endswith('>')]
    if len(kinds) != 1 or set(schedule) - OPTIONS - set(kinds):
        raise ValueError(f'schedule not understood: {schedule}')
    kind, value = kinds[0], str(schedule[kinds[0]])
    if kind == 'hourly>':
        return '0 * * * *'
    if kind == 'daily>':
        return '0 0 * * *'
    if kind == 'weekly>':
        return '0 0 * * ' + str(WEEKDAYS.index(value.split(',')[0].lower()))
    if kind == 'monthly>':
        return f"0 0 {int(value.split(',')[0])} * *"
    if kind == 'minutes_interval>':
        return f'*/{int(value)} * * * *'
    if kind == 'cron>':
        return value
    raise ValueError(f'schedule not understood: {schedule}')


def field_matches(field, value):
    if field == '*':
        return True
    if field.startswith('*/'):
        return value % int(field[2:]) == 0
    return value == int(field)


def matches(pattern, local):
    values = (local.minute, local.hour, local.day, local.month, local.isoweekday() % 7)
    return all(field_matches(field, value) for field, value in zip(pattern.split(), values, strict=True))


def neighbour(pattern, instant, zone, step):
    """The previous or next match. Regular schedules only: Digdag's own answer for irregular ones differs."""
    if pattern.split()[4] != '*':
        raise ValueError(f'last and next session of {pattern} are not played')
    for _ in range(60 * 24 * 62):
        instant += step
        if matches(pattern, instant.astimezone(zone)):
            return instant
    raise ValueError(f'no session near {instant} on {pattern}')


def offset_text(local, colon):
    text = local.strftime('%z')
    return text[:3] + ':' + text[3:] if colon else text


def names(prefix, instant, zone):
    local = instant.astimezone(zone)
    return {
        f'{prefix}_time': local.strftime('%Y-%m-%dT%H:%M:%S') + offset_text(local, True),
        f'{prefix}_date': local.strftime('%Y-%m-%d'),
        f'{prefix}_date_compact': local.strftime('%Y%m%d'),
        f'{prefix}_local_time': local.strftime('%Y-%m-%d %H:%M:%S'),
        f'{prefix}_tz_offset': offset_text(local, False),
        f'{prefix}_unixtime': int(instant.timestamp()),
    }


def built_ins(workflow, time_text):
    """Every built-in parameter but task_name. Identifiers of the server are fixed numbers."""
    zone_name = workflow.get('timezone', 'UTC')
    zone = zoneinfo.ZoneInfo(zone_name)
    instant = datetime.datetime.fromisoformat(time_text)
    params = {'timezone': zone_name, **names('session', instant, zone)}
    if params['session_time'] != time_text:
        raise ValueError(f'{time_text} is not written in {zone_name}')
    params.update({'session_uuid': '00000000-0000-0000-0000-000000000001', 'session_id': 1, 'attempt_id': 1, 'project_id': 1})
    # The scheduler has started nothing before: empty, but for the offset.
    params.update({key: '' for key in names('last_executed_session', instant, zone)})
    params['last_executed_session_tz_offset'] = params['session_tz_offset']
    if 'schedule' in workflow:
        pattern = pattern_of(workflow['schedule'])
        if not matches(pattern, instant.astimezone(zone)):
            raise ValueError(f'{time_text} is not on the schedule {workflow["schedule"]}')
        if pattern.split()[2:] == ['*', '*', '*']:
            params.update(names('last_session', neighbour(pattern, instant, zone, -MINUTE), zone))
            params.update(names('next_session', neighbour(pattern, instant, zone, MINUTE), zone))
    return params
