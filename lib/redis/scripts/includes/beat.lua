--- @include "includes/life"
--- @include "includes/emit"
--- @include "includes/deadline"
-- The namespace's threshold changed since the board was last told of this coordinator's: tells it.
local function announce_threshold(id, record, threshold)
  local heartbeat = record.ownHeartbeat == '1' and tonumber(record.heartbeat) or heartbeat_of(threshold)
  local ev = emit('coordinator.phase_changed', 'coordinator:' .. id, {
    iteration = tonumber(record.iteration) or 0,
    thresholdMs = threshold,
    heartbeatIntervalMs = heartbeat,
  })
  redis.call('HSET', k_coordinator(id), 'seenThreshold', tostring(threshold), 'heartbeat', tostring(heartbeat), 'ev', ev)
  -- Its heart beats as slowly as before until its next beat tells it.
  local slow = tonumber(record.heartbeat) or 0
  if slow > heartbeat then
    record.spareUntil = int(NOW + 2 * slow)
    redis.call('HSET', k_coordinator(id), 'spareUntil', record.spareUntil)
  end
  record.seenThreshold, record.heartbeat, record.ev = tostring(threshold), tostring(heartbeat), ev
end

-- A replacement's own first beat makes it active, and settles the request for it.
local function start(id, record)
  undue('spawn', id)
  if record.spawnRequest then redis.call('XDEL', K_SPAWN, record.spawnRequest) end
  local ev = emit('coordinator.started', 'coordinator:' .. id, {
    epoch = tonumber(record.epoch),
    instance = record.instance,
  })
  redis.call('HDEL', k_coordinator(id), 'startDeadline', 'claimHash', 'spawnState', 'spawnRequest')
  redis.call('HSET', k_coordinator(id), 'liveness', 'active', 'livenessSince', int(NOW), 'ev', ev)
end

-- A beat of who holds the id. record: its fields liveness, threshold, seenThreshold and, where it is
-- not plainly active, all of them. Answers the threshold that now counts for it.
local function beat(id, record)
  local threshold = threshold_of(record.threshold)
  if record.liveness ~= 'active' then
    if record.liveness == 'starting' then
      start(id, record)
    else
      local ev = emit('coordinator.recovered', 'coordinator:' .. id, {
        epoch = tonumber(record.epoch),
        from = record.liveness,
        silentMs = math.max(0, NOW - tonumber(record.lastBeat)),
      })
      redis.call('HDEL', k_coordinator(id), 'deathEv', 'deathBy')
      redis.call('HSET', k_coordinator(id), 'liveness', 'active', 'livenessSince', int(NOW), 'ev', ev)
    end
  end
  if record.seenThreshold ~= tostring(threshold) then announce_threshold(id, record, threshold) end
  redis.call('HSET', k_coordinator(id), 'lastBeat', int(NOW))
  redis.call('ZADD', K_BEATS, int(NOW), id)
  due('coordinator', id, NOW + stale_after(threshold))
  return threshold
end
