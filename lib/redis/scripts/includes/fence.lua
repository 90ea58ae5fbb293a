--- @include "includes/emit"
-- The fence: a writer is the holder of an id exactly when its (epoch, instance) equals the record's.
-- Answers nil for the holder, else what the script has to answer:
--   { 'LOST' }                        there is no record, or that of an earlier life: Redis lost what came
--                                     since, and the living register again
--   { 'FENCED', current epoch, count }  a stale one; refused, counted on the record, in the log
local fence_passed = {}
local function fence(id, epoch, instance, operation)
  -- Once looked at, it holds for as long as the script runs.
  local incarnation = epoch .. ' ' .. instance
  if fence_passed[id] == incarnation then return nil end
  local record = redis.call('HMGET', k_coordinator(id), 'epoch', 'instance')
  if not record[1] then return { 'LOST' } end
  if record[1] == epoch and record[2] == instance then
    fence_passed[id] = incarnation
    return nil
  end
  if tonumber(epoch) > tonumber(record[1]) then return { 'LOST' } end
  local count = redis.call('HINCRBY', k_coordinator(id), 'refused', 1)
  local ev = emit('coordinator.write_refused', 'coordinator:' .. id, {
    operation = operation,
    epoch = tonumber(epoch),
    instance = instance,
    currentEpoch = tonumber(record[1]),
    count = count,
  })
  redis.call('HSET', k_coordinator(id), 'ev', ev)
  last_refusal[id] = ev
  return { 'FENCED', record[1], int(count) }
end
