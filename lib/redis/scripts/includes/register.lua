--- @include "includes/beat"
--- @include "includes/waits"
-- Begins a life under an id, or a process' part in a replacement that was asked for.
-- r: the record that is there (empty where none). o: what the newcomer says of itself, '' where nothing:
-- instance, swarm, phase, iteration, threshold, heartbeat, pid, host, label, byHand, previousEpoch, and
-- again ('1' where Redis had lost the record of one that lives).
-- Answers the epoch and the liveness of that life.
local function register(id, r, o)
  local key = k_coordinator(id)
  local adopts = r.liveness == 'starting'
  -- A replacement that had been given up came after all: it inherits the same.
  local late = r.liveness == 'failed' and r.replaces
  local inherits = adopts or late
  local function pick(given, inherited, default)
    if given ~= '' then return given end
    if inherits and inherited then return inherited end
    return default
  end

  local epoch = tonumber(r.epoch)
  if not (adopts and not r.instance) then
    epoch = math.max((epoch or 0) + 1, tonumber(o.previousEpoch) + 1, NOW)
  end
  local own_threshold = pick(o.threshold, r.threshold, '')
  local threshold = threshold_of(own_threshold)
  local own_heartbeat = pick(o.heartbeat, r.ownHeartbeat == '1' and r.heartbeat, '')
  local n = {
    swarm = o.swarm ~= '' and o.swarm or r.swarm or 'default',
    phase = pick(o.phase, r.phase, nil),
    iteration = pick(o.iteration, r.iteration, '0'),
    liveness = adopts and 'starting' or 'active',
    livenessSince = adopts and r.livenessSince or int(NOW),
    epoch = int(epoch),
    instance = o.instance,
    threshold = own_threshold,
    seenThreshold = tostring(threshold),
    heartbeat = own_heartbeat ~= '' and own_heartbeat or tostring(heartbeat_of(threshold)),
    ownHeartbeat = own_heartbeat ~= '' and '1' or nil,
    registeredAt = int(NOW),
    lastBeat = int(NOW),
    pid = o.pid ~= '' and o.pid or nil,
    host = o.host ~= '' and o.host or nil,
    label = pick(o.label, r.label, nil),
    byHand = o.byHand == '1' and '1' or nil,
    replaces = inherits and r.replaces or nil,
    startDeadline = adopts and r.startDeadline or nil,
    spawnState = adopts and r.spawnState or nil,
    spawnRequest = adopts and r.spawnRequest or nil,
    spawner = adopts and r.spawner or nil,
    spawnAt = adopts and r.spawnAt or nil,
    spawnEv = adopts and r.spawnEv or nil,
    -- What counts over all lives of the id.
    refused = r.refused,
    actionWhat = r.actionWhat,
    actionAt = r.actionAt,
    workItems = r.workItems,
    breakers = r.breakers,
    nudge = r.nudge,
  }

  if r.swarm ~= n.swarm then
    if r.swarm and tonumber(redis.call('ZINCRBY', K_SWARMS, -1, r.swarm)) <= 0 then redis.call('ZREM', K_SWARMS, r.swarm) end
    redis.call('ZINCRBY', K_SWARMS, 1, n.swarm)
  end
  clear_waits(id, r)

  local process
  if n.pid or n.host then process = { pid = tonumber(n.pid), host = n.host } end
  local type = o.again == '1' and not r.epoch and 'coordinator.reregistered' or 'coordinator.registered'
  n.ev = emit(type, 'coordinator:' .. id, {
    swarmId = n.swarm,
    phase = n.phase,
    iteration = tonumber(n.iteration),
    epoch = epoch,
    instance = n.instance,
    thresholdMs = threshold,
    heartbeatIntervalMs = tonumber(n.heartbeat),
    process = process,
    label = n.label,
    byHand = n.byHand and true or nil,
    liveness = n.liveness,
    replaces = n.replaces,
  })

  redis.call('DEL', key)
  local fields = {}
  for field, value in pairs(n) do
    fields[#fields + 1] = field
    fields[#fields + 1] = value
  end
  redis.call('HSET', key, unpack(fields))
  redis.call('SADD', K_COORDINATORS, id)
  if n.liveness == 'active' then
    redis.call('ZADD', K_BEATS, int(NOW), id)
    due('coordinator', id, NOW + stale_after(threshold))
    if late then start(id, n) end
  end
  return n
end
