--- @include "includes/deadline"
-- A signal's record, `signal-record:<signalId>`, a hash:
--   signal        the Signal, JSON; deadline, sentAt, sentBy, payloadBytes
--   pending       targets that have not answered
--   tracked       targets that answered and have yet to say that they are done
--   keep          how long the record stays once it is settled, ms
--   t:<target>    { state, entry?, heldBy?, ackedAt?, latencyMs?, verdict?, rejected }; `entry` is its place
--                 in the inbox of whoever holds it, while pending
--   h:<holder>    targets that were handed to this holder, separated by commas
--   f:<holder>    of several that a holder answered for, the first: its ACK is the one that it is told of
--   a:<target>    { epoch, by, ack }: the ACK, and what was noted when it was stored
--   r:<target>    the result that it was completed with, JSON
--   idem          the key under which a repeat is found while it is pending
--   byHand        '1': nobody sent it, it was acknowledged all the same
--   ev            id of its last event
-- An inbox, `signal:<id>`, is a stream of { i = signal id, t = the target it was sent to }.

local function get_target(key, target)
  local json = redis.call('HGET', key, 't:' .. target)
  return json and cjson.decode(json) or nil
end

-- Written by hand: cjson would write large integers with an exponent.
local function target_json(it)
  local json = '{"state":"' .. it.state .. '"'
  if it.entry then json = json .. ',"entry":"' .. it.entry .. '"' end
  if it.heldBy then json = json .. ',"heldBy":"' .. it.heldBy .. '"' end
  if it.ackedAt then json = json .. ',"ackedAt":' .. int(it.ackedAt) end
  if it.latencyMs then json = json .. ',"latencyMs":' .. int(it.latencyMs) end
  if it.verdict then json = json .. ',"verdict":"' .. it.verdict .. '"' end
  return json .. ',"rejected":' .. int(it.rejected or 0) .. '}'
end

local function inbox_add(holder_id, signal_id, target)
  return redis.call('XADD', k_inbox(holder_id), '*', 'i', signal_id, 't', target)
end

-- An empty inbox stays, so that the ids of its entries only grow: its reader asks for what is new. It goes
-- with its owner's record, or here where it has no such owner.
local function inbox_remove(holder_id, entry)
  redis.call('XDEL', k_inbox(holder_id), entry)
end

local function inbox_tidy(holder_id)
  local inbox = k_inbox(holder_id)
  if redis.call('XLEN', inbox) == 0 and redis.call('EXISTS', k_coordinator(holder_id)) == 0 then
    redis.call('DEL', inbox)
  end
end

-- Takes a pending target out of the inbox that it is in, tells the holder, and notes what became of it.
local function withdraw(key, signal_id, target, it, state, db)
  local holder_id = it.heldBy or target
  if it.entry then inbox_remove(holder_id, it.entry) end
  inbox_tidy(holder_id)
  it.entry = nil
  it.state = state
  redis.call('HSET', key, 't:' .. target, target_json(it))
  redis.call('PUBLISH', k_hint(holder_id), '{"k":"gone","db":' .. db .. ',"signalId":"' .. signal_id .. '"}')
  return holder_id
end

-- No target is left to answer or to finish: the deadline goes, and the record stays for `keep`.
local function settle(key, signal_id, keep, idem)
  undue('signal', signal_id)
  if idem and redis.call('GET', idem) == signal_id then redis.call('DEL', idem) end
  redis.call('PEXPIRE', key, keep or '86400000')
end

local function settle_if_done(key, signal_id)
  local it = redis.call('HMGET', key, 'pending', 'tracked', 'keep', 'idem')
  if tonumber(it[1] or '0') > 0 or tonumber(it[2] or '0') > 0 then return end
  settle(key, signal_id, it[3], it[4])
end

-- Every target with its state, as pairs { target, state }; `only` picks those in one state.
local function targets_of(key, only)
  local found = {}
  local all = redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    if string.sub(all[i], 1, 2) == 't:' then
      local it = cjson.decode(all[i + 1])
      if not only or it.state == only then found[#found + 1] = { string.sub(all[i], 3), it } end
    end
  end
  return found
end

-- JSON of a list of ids.
local function json_ids(ids)
  if #ids == 0 then return '[]' end
  return '["' .. table.concat(ids, '","') .. '"]'
end
