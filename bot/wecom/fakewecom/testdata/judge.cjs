// The official SDK, led by what people say to the bot; a line of JSON for everything that it saw or that came of what it did.
const { WSClient } = require('@wecom/aibot-node-sdk');
const { createHash } = require('crypto');

const tell = (saw, more) => process.stdout.write(JSON.stringify({ saw, ...more }) + '\n');
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const client = new WSClient({ botId: process.argv[3], secret: process.argv[4], wsUrl: process.argv[2], logger: quiet, heartbeatInterval: 200, reconnectInterval: 50, maxAuthFailureAttempts: 1 });

const outcome = async (what, doing) => {
  try {
    const answer = await doing();
    tell(what, { code: answer && answer.errcode !== undefined ? answer.errcode : 0, answer });
    return answer;
  } catch (err) {
    tell(what, { code: err.errcode !== undefined ? err.errcode : -99, text: String(err.message || err.errmsg) });
  }
};

const card = (task) => ({
  card_type: 'button_interaction', task_id: task, main_title: { title: '签到' },
  button_list: [{ text: '签到', style: 1, key: 'in' }, { text: '请假', style: 3, key: 'leave' }],
});

const chatOf = (frame) => frame.body.chatid || frame.body.from.userid;

const deeds = {
  reply: async (f) => {
    await outcome('reply', () => client.reply(f, { msgtype: 'markdown', markdown: { content: '**答**' } }));
    await outcome('second reply', () => client.reply(f, { msgtype: 'markdown', markdown: { content: '再答' } }));
  },
  stream: async (f) => {
    await outcome('stream', () => client.replyStream(f, 's1', '一', false));
    await outcome('stream end', () => client.replyStream(f, 's1', '一二', true));
  },
  push: (f) => outcome('push', () => client.sendMessage(chatOf(f), { msgtype: 'markdown', markdown: { content: '通知' } })),
  stranger: () => outcome('stranger', () => client.sendMessage('nobody', { msgtype: 'markdown', markdown: { content: '通知' } })),
  card: async (f) => {
    await outcome('card', () => client.replyTemplateCard(f, card('task_1')));
    await outcome('same task', () => client.sendMessage(chatOf(f), { msgtype: 'template_card', template_card: card('task_1') }));
  },
  upload: (f) => outcome('upload', async () => {
    const media = await client.uploadMedia(Buffer.alloc(1300000, 'x'), { type: 'file', filename: '纪实表.docx' });
    return client.sendMediaMessage(chatOf(f), 'file', media.media_id);
  }),
};

const fetched = async (frame, what) => {
  const { buffer, filename } = await client.downloadFile(what.url, what.aeskey);
  tell('file', { name: filename || '', sha: createHash('sha256').update(buffer).digest('hex') });
};

client.on('authenticated', () => tell('authenticated'));
client.on('disconnected', (why) => tell('disconnected', { why }));
client.on('reconnecting', (n) => tell('reconnecting', { n }));
client.on('error', (err) => tell('error', { text: String(err.message || err) }));
client.on('message.text', (frame) => {
  const word = frame.body.text.content.split(' ').pop();
  tell('text', { text: frame.body.text.content, from: frame.body.from.userid, chat: frame.body.chatid || '' });
  if (deeds[word]) deeds[word](frame);
});
client.on('message.voice', (frame) => tell('voice', { text: frame.body.voice.content }));
client.on('message.mixed', (frame) => tell('mixed', { items: frame.body.mixed.msg_item.length }));
client.on('message.image', (frame) => fetched(frame, frame.body.image));
client.on('message.file', (frame) => fetched(frame, frame.body.file));
client.on('event.enter_chat', (frame) => outcome('welcome', () => client.replyWelcome(frame, { msgtype: 'text', text: { content: '您好' } })));
client.on('event.template_card_event', (frame) => {
  const e = frame.body.event.template_card_event || frame.body.event;
  tell('tap', { key: e.event_key, task: e.task_id });
  outcome('update', () => client.updateTemplateCard(frame, { ...card(e.task_id), main_title: { title: '已签到' } }, [frame.body.from.userid]));
});
client.on('event.disconnected_event', () => tell('taken over'));
process.stdin.on('data', () => {});
process.stdin.on('end', () => process.exit(0));
client.connect();
