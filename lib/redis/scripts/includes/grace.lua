--- @include "includes/life"
--- @include "includes/emit"
-- A Redis that was away, or a monitor that was, must not look like the death of everybody: until those
-- who live had the time to beat again, nobody is declared dead.

local CLOCK_TOLERANCE = 1000
-- A client comes back from an outage with its longest pauses between two tries: two seconds of the
-- connection's, one of its circuit breaker's.
local COMING_BACK = 3000

local function run_id() return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or '' end

local function start_grace(monitor_id, cause, interval, gap, grace_from)
  local until_at = NOW + math.ceil(math.min(threshold_of(nil), 2 * interval))
  emit('monitor.grace_started', 'monitor', { monitorId = monitor_id, ['until'] = until_at, cause = cause, gapMs = gap })
  redis.call('HSET', K_MONITOR, 'graceUntil', int(until_at), 'graceCause', cause)
  if grace_from then redis.call('HSET', K_MONITOR, 'graceFrom', int(grace_from)) end
  return until_at
end

-- Judges what happened since the last sweep, whoever's it was. interval: this monitor's; previous,
-- elapsed: Redis' time at this monitor's own last sweep, and how long ago that is by its own clock ('' at
-- its first). Answers until when nobody dies (0: no grace), and when the last grace began (0: never).
local function judge_gap(monitor_id, interval, previous, elapsed)
  local m = redis.call('HMGET', K_MONITOR, 'lastSweepAt', 'runId', 'interval', 'graceUntil', 'graceFrom')
  local last, grace_until, grace_from = tonumber(m[1]), tonumber(m[4]) or 0, tonumber(m[5]) or 0
  local run = run_id()
  -- The faster of two monitors says how soon there should have been a sweep.
  local expected = math.min(interval, tonumber(m[3]) or interval)
  local cause
  if not last then
    cause = 'gap'
  elseif m[2] ~= run then
    cause = 'restart'
  elseif NOW < last - CLOCK_TOLERANCE then
    cause = 'clock'
  elseif NOW - last > 2 * expected then
    cause = 'gap'
  elseif previous ~= '' and math.abs(NOW - tonumber(previous) - tonumber(elapsed)) > CLOCK_TOLERANCE then
    cause = 'clock'
  end

  if cause and redis.call('ZCARD', K_BEATS) > 0 then
    -- Where there never was a sweep, there is no sign of an outage either.
    if last then grace_from = NOW end
    grace_until = math.max(grace_until, start_grace(monitor_id, cause, interval, last and NOW - last or 0, last and NOW))
  elseif grace_until > 0 and grace_until <= NOW then
    emit('monitor.grace_ended', 'monitor', { monitorId = monitor_id })
    redis.call('HDEL', K_MONITOR, 'graceUntil', 'graceCause')
    grace_until = 0
  end
  redis.call('HSET', K_MONITOR, 'lastSweepAt', int(NOW), 'runId', run, 'interval', tostring(interval))
  return grace_until, grace_from
end

-- For who asks about one coordinator, and may be no monitor: only a new Redis tells of an outage.
local function judge_restart(monitor_id, interval)
  local m = redis.call('HMGET', K_MONITOR, 'runId', 'graceUntil', 'graceFrom')
  local grace_until, grace_from = tonumber(m[2]) or 0, tonumber(m[3]) or 0
  local run = run_id()
  if m[1] and m[1] ~= run then
    grace_from = NOW
    grace_until = math.max(grace_until, start_grace(monitor_id, 'restart', interval, 0, NOW))
  end
  if m[1] ~= run then redis.call('HSET', K_MONITOR, 'runId', run) end
  return grace_until > NOW and grace_until or 0, grace_from
end
