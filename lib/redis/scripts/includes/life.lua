--- @include "includes/keys"
--- @include "includes/now"
-- What silence means: stale at half of the threshold, dead beyond it by a hundredth of it, at most a
-- second. The threshold is the coordinator's own if it names one, else the namespace's.
local namespace_threshold
local function threshold_of(own)
  if own and own ~= '' then return tonumber(own) end
  if not namespace_threshold then
    namespace_threshold = tonumber(redis.call('HGET', K_SETTINGS, 'threshold') or '') or 300000
  end
  return namespace_threshold
end

local function stale_after(threshold) return math.ceil(threshold / 2) end
local function dead_after(threshold) return math.ceil(threshold + math.min(1000, threshold / 100)) end
local function heartbeat_of(threshold) return math.min(5000, threshold / 10) end

-- The flat answer of HGETALL as a table; empty where there is no record.
local function record_of(id)
  local flat = redis.call('HGETALL', k_coordinator(id))
  local record = {}
  for i = 1, #flat, 2 do record[flat[i]] = flat[i + 1] end
  return record
end
