#!lua
-- Stores a work item, or new data for one that is there: what a replacement inherits.
-- KEYS: 1 coordinator, 2 events, 3 work
-- ARGV: 1 prefix, 2 actor, 3 id, 4 epoch, 5 instance, 6 work id, 7 data as JSON, 8 most items
-- Answers: OK | WORK_FULL, the limit | LOST | FENCED, epoch, count
-- Events: work.stored
--- @include "includes/fence"
--- @include "includes/touch"
local id, work_id = ARGV[3], ARGV[6]
local refused = fence(id, ARGV[4], ARGV[5], 'storeWorkItem')
if refused then return refused end
local present = redis.call('HGET', KEYS[3], work_id)
local from = ''
if present then
  -- The same again, perhaps the same call: nothing new.
  local at = string.find(present, '"data":', 1, true)
  if at and string.sub(present, at + 7, -2) == ARGV[7] then return { 'OK' } end
  from = string.match(present, '^{("from":"[%w_-]+",)') or ''
elseif redis.call('HLEN', KEYS[3]) >= tonumber(ARGV[8]) then
  return { 'WORK_FULL', ARGV[8] }
end
redis.call('HSET', KEYS[3], work_id, '{' .. from .. '"storedAt":' .. int(NOW) .. ',"data":' .. ARGV[7] .. '}')
local items = redis.call('HLEN', KEYS[3])
local ev = emit('work.stored', 'coordinator:' .. id, { coordinatorId = id, workId = work_id, items = items })
redis.call('HSET', KEYS[1], 'workItems', items)
touch(id, ev, 'work.stored')
return { 'OK' }
