--- @include "includes/life"
--- @include "includes/emit"
-- A Redis that was away, or a monitor that was, must not look like the death of everybody: until those
-- who live had the time to beat again, nobody is declared dead.

local CLOCK_TOLERANCE = 1000
-- How long an outage was that nobody can tell the length of, for the record of its grace, ms.
local ANY_TIME = 86400000
-- After an outage this long connections and circuit breakers may have given up. Coming back takes the
-- pauses between two tries of both, two seconds and one, on machines that are busy just then; a failover
-- takes longer than a restart.
local GIVING_UP = 3000
local COMING_BACK = 10000

local function run_id() return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or '' end

-- For this long after a grace began, a later and shorter one does not make it forgotten.
local REMEMBERED = 60000

-- g: { until_at = until when nobody dies (0: no grace), from = when the last one that mattered began
-- (0: never), gap = for how long nobody may have been able to beat before it }.
local function start_grace(g, monitor_id, cause, interval, gap, shown_gap)
  local until_at = NOW + math.ceil(math.min(threshold_of(nil), 2 * interval))
  emit('monitor.grace_started', 'monitor', { monitorId = monitor_id, ['until'] = until_at, cause = cause, gapMs = shown_gap })
  g.until_at = math.max(g.until_at, until_at)
  redis.call('HSET', K_MONITOR, 'graceUntil', int(g.until_at), 'graceCause', cause)
  if gap >= g.gap or NOW - g.from > REMEMBERED then
    g.from, g.gap = NOW, gap
    redis.call('HSET', K_MONITOR, 'graceFrom', int(NOW), 'graceGap', int(gap))
  end
end

-- Judges what happened since the last sweep, whoever's it was. interval: this monitor's; previous,
-- elapsed: Redis' time at this monitor's own last sweep, and how long ago that is by its own clock ('' at
-- its first). Answers the grace that holds now.
local function judge_gap(monitor_id, interval, previous, elapsed)
  local m = redis.call('HMGET', K_MONITOR, 'lastSweepAt', 'runId', 'interval', 'graceUntil', 'graceFrom', 'graceGap')
  local last = tonumber(m[1])
  local g = { until_at = tonumber(m[4]) or 0, from = tonumber(m[5]) or 0, gap = tonumber(m[6]) or 0 }
  local run = run_id()
  -- The faster of two monitors says how soon there should have been a sweep.
  local expected = math.min(interval, tonumber(m[3]) or interval)
  -- Where there never was a sweep there is no sign of an outage either: a gap of nothing.
  local cause, gap = nil, last and NOW - last or 0
  if not last then
    cause = 'gap'
  elseif m[2] ~= run then
    cause, gap = 'restart', math.max(gap, GIVING_UP)
  elseif NOW < last - CLOCK_TOLERANCE then
    cause, gap = 'clock', ANY_TIME
  elseif NOW - last > 2 * expected then
    cause = 'gap'
  elseif previous ~= '' and math.abs(NOW - tonumber(previous) - tonumber(elapsed)) > CLOCK_TOLERANCE then
    cause, gap = 'clock', ANY_TIME
  end

  if cause and redis.call('ZCARD', K_BEATS) > 0 then
    start_grace(g, monitor_id, cause, interval, gap, last and math.abs(NOW - last) or 0)
  elseif g.until_at > 0 and g.until_at <= NOW then
    emit('monitor.grace_ended', 'monitor', { monitorId = monitor_id })
    redis.call('HDEL', K_MONITOR, 'graceUntil', 'graceCause')
    g.until_at = 0
  end
  redis.call('HSET', K_MONITOR, 'lastSweepAt', int(NOW), 'runId', run, 'interval', tostring(interval))
  return g
end

-- For who asks about one coordinator, and may be no monitor: only a new Redis tells of an outage.
local function judge_restart(monitor_id, interval)
  local m = redis.call('HMGET', K_MONITOR, 'runId', 'graceUntil', 'graceFrom', 'graceGap')
  local g = { until_at = tonumber(m[2]) or 0, from = tonumber(m[3]) or 0, gap = tonumber(m[4]) or 0 }
  local run = run_id()
  if m[1] and m[1] ~= run then start_grace(g, monitor_id, 'restart', interval, ANY_TIME, 0) end
  if m[1] ~= run then redis.call('HSET', K_MONITOR, 'runId', run) end
  return g
end

-- From when on one may be declared dead, as far as the last outage goes: whoever could not beat because
-- of it has the time to come back. An outage that is short beside the threshold harms nobody.
local function spared_until(last_beat, threshold, heartbeat, g)
  if last_beat >= g.from then return 0 end
  local time_to_beat = math.min(2 * heartbeat, threshold) + (g.gap >= GIVING_UP and COMING_BACK or 0)
  if g.gap + time_to_beat < threshold then return 0 end
  return math.ceil(g.from + time_to_beat)
end
