#!lua flags=allow-oom
--- @include "includes/emit"
--- @include "includes/fence"
--- @include "includes/touch"
--- @include "includes/held-target"
-- Says that what was acknowledged is done, which settles it.
--
-- KEYS[1] the record of the signal
-- ARGV[3] coordinator   ARGV[4] epoch   ARGV[5] instance   ARGV[6] signal id   ARGV[7] result, JSON, or ''
-- Answers { 'OK', how many targets it completed }, { 'GONE' } no record, { 'FOREIGN' } not a target,
-- { 'STATE', state } what it was when it is not acknowledged; or what the fence answers.
-- Events: signal.completed for each target that this coordinator answers for.
local id, signal_id, key = ARGV[3], ARGV[6], KEYS[1]
local refusal = fence(id, ARGV[4], ARGV[5], 'completeSignal')
if refusal then return refusal end
if redis.call('EXISTS', key) == 0 then return { 'GONE' } end

local mine, last = {}, nil
local own = own_target(key, id)
if own then mine[1] = { id, own } end
for target in string.gmatch(redis.call('HGET', key, 'h:' .. id) or '', '[^,]+') do
  local it = get_target(key, target)
  if it and it.heldBy == id then mine[#mine + 1] = { target, it } end
end
if #mine == 0 then return { 'FOREIGN' } end

local completed = 0
for _, pair in ipairs(mine) do
  local target, it = pair[1], pair[2]
  last = last ~= 'completed' and it.state or last
  if it.state == 'acked' then
    it.state = 'completed'
    last = 'completed'
    local ev = emit('signal.completed', 'signal:' .. signal_id,
      { signalId = signal_id, coordinatorId = id, target = target })
    redis.call('HSET', key, 't:' .. target, target_json(it), 'ev', ev)
    if ARGV[7] ~= '' then redis.call('HSET', key, 'r:' .. target, ARGV[7]) end
    if tonumber(redis.call('HGET', key, 'tracked') or '0') > 0 then
      redis.call('HINCRBY', key, 'tracked', -1)
    end
    touch(id, ev, 'signal.completed')
    completed = completed + 1
  end
end
if completed > 0 then settle_if_done(key, signal_id)
elseif last ~= 'completed' then return { 'STATE', last } end
return { 'OK', int(completed) }
