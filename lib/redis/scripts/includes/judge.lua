--- @include "includes/beat"
--- @include "includes/end-life"
--- @include "includes/grace"
-- Copies of ACKs in this many of the latest signals are removed by their exact names; older ones have
-- expired by themselves.
local CACHED_ACKS = 1000

local recent_signals
-- What is left of a dead one among the living: its place in the list of beats, and its cached ACKs. Its
-- pending signals and its work stay, for the replacement.
local function clean_up(id)
  redis.call('ZREM', K_BEATS, id)
  recent_signals = recent_signals or redis.call('ZREVRANGE', K_SIGNALS, 0, CACHED_ACKS - 1)
  local names = {}
  for i, signal_id in ipairs(recent_signals) do names[i] = k_ack(id, signal_id) end
  if #names > 0 then redis.call('UNLINK', unpack(names)) end
end

-- r: the whole record. Claims the death: one event, one count, however many look at the same time.
local function die(id, r, silent, threshold, monitor_id, cleanup)
  local ev = emit('coordinator.timed_out', 'coordinator:' .. id, {
    epoch = tonumber(r.epoch),
    lastBeat = tonumber(r.lastBeat),
    silentMs = silent,
    thresholdMs = threshold,
    iteration = tonumber(r.iteration) or 0,
    phase = r.phase,
    monitorId = monitor_id,
    cleaned = cleanup,
  })
  redis.call('HSET', k_coordinator(id), 'liveness', 'dead', 'livenessSince', int(NOW), 'ev', ev, 'deathEv', ev,
    'deathBy', monitor_id, 'deathSilent', int(silent), 'deathCleaned', cleanup and '1' or '')
  r.liveness, r.ev, r.deathEv, r.deathBy = 'dead', ev, ev, monitor_id
  r.deathSilent, r.deathCleaned = int(silent), cleanup and '1' or ''
  due('coordinator', id, NOW + TROUBLE_KEPT)
  if cleanup then clean_up(id) end
end

-- Judges one that is active or stale by its silence, and sets the next time to look. Nobody dies in a
-- grace period (g), nor before they had the time to come back. r is changed with the record.
local function judge(id, r, monitor_id, cleanup, g)
  local threshold = threshold_of(r.threshold)
  if r.seenThreshold ~= tostring(threshold) then announce_threshold(id, r, threshold) end
  local last = tonumber(r.lastBeat)
  if last > NOW then
    -- Redis' clock went back: a beat of the future counts as one of now.
    last = NOW
    redis.call('HSET', k_coordinator(id), 'lastBeat', int(NOW))
    redis.call('ZADD', K_BEATS, int(NOW), id)
  end
  local silent = NOW - last
  if silent < stale_after(threshold) then
    due('coordinator', id, last + stale_after(threshold))
    return
  end
  local spared = math.max(g.until_at, tonumber(r.spareUntil) or 0)
  if NOW < spared then
    due('coordinator', id, spared)
    return
  end
  local dies_at = math.max(last + dead_after(threshold), spared_until(last, threshold, tonumber(r.heartbeat), g))
  if NOW >= dies_at then
    die(id, r, silent, threshold, monitor_id, cleanup)
    return
  end
  if r.liveness ~= 'stale' then
    local ev = emit('coordinator.stale', 'coordinator:' .. id, {
      epoch = tonumber(r.epoch),
      lastBeat = last,
      silentMs = silent,
      thresholdMs = threshold,
    })
    redis.call('HSET', k_coordinator(id), 'liveness', 'stale', 'livenessSince', int(NOW), 'ev', ev)
    r.liveness, r.ev = 'stale', ev
  end
  due('coordinator', id, dies_at)
end
