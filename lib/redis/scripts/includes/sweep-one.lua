--- @include "includes/judge"
--- @include "includes/fail"
--- @include "includes/forget"
--- @include "includes/expire-signal"
--- @include "includes/decide"
-- What becomes of each kind when its time has come. Each leaves the list of deadlines, or gets a new time.
-- s: { monitor_id, cleanup, grace }
local sweep_one = {}

function sweep_one.coordinator(id, s)
  -- Nearly all that are looked at have beaten since their deadline was set.
  local seen = redis.call('HMGET', k_coordinator(id), 'liveness', 'lastBeat', 'seenThreshold')
  local last = tonumber(seen[2])
  if seen[1] == 'active' and last and last <= NOW then
    local late_at = last + stale_after(tonumber(seen[3]))
    if late_at > NOW then return due('coordinator', id, late_at) end
  end

  local r = record_of(id)
  if r.liveness == 'active' or r.liveness == 'stale' then
    judge(id, r, s.monitor_id, s.cleanup, s.grace)
  elseif not r.liveness or r.liveness == 'starting' then
    -- A replacement has a deadline of its own, of the kind `spawn`.
    undue('coordinator', id)
  elseif holds(id) then
    due('coordinator', id, NOW + ENDED_KEPT)
  else
    forget(id, r, 'ended long ago')
  end
end

-- A replacement that nobody started, or whose process never beat.
function sweep_one.spawn(id, s)
  undue('spawn', id)
  local r = record_of(id)
  if r.liveness ~= 'starting' then return end
  if NOW < s.grace.until_at then return due('spawn', id, s.grace.until_at) end
  fail(id, r, r.instance and 'its process registered and never beat' or 'no process came in time')
end

function sweep_one.signal(id) expire_signal(id) end

function sweep_one.consensus(key) decide_due(key) end

-- The waiter ends its own waits: this one's process is gone, or was too long away.
function sweep_one.wait(id)
  undue('wait', id)
  local coordinator_id, wait_id = string.match(id, '^([^:]+):(.+)$')
  if not coordinator_id then return end
  local wait = redis.call('HGET', k_coordinator(coordinator_id), 'w:' .. wait_id)
  if not wait then return end
  redis.call('HDEL', k_coordinator(coordinator_id), 'w:' .. wait_id)
  local since = tonumber(string.match(wait, '"since":(%d+)')) or NOW
  local ev = emit('coordinator.unblocked', 'coordinator:' .. coordinator_id,
    { waitId = wait_id, outcome = 'lost', waitedMs = math.max(0, NOW - since) })
  redis.call('HSET', k_coordinator(coordinator_id), 'ev', ev)
end
