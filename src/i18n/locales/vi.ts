import { formatNumber } from '../formats.js';
import type { Translation } from '../strings.js';

const n = (count: number): string => formatNumber('vi', count);

/** Vietnamese; patients are addressed as "quý vị", as clinics in the United States do. */
const vi: Translation = {
  reviewed: false,

  launcher: 'Trò chuyện với chúng tôi',
  unread: (count) => `${n(count)} tin nhắn mới`,

  panelTitle: 'Trò chuyện với chúng tôi',
  close: 'Đóng cuộc trò chuyện',
  menu: 'Tùy chọn khác',
  newConversation: 'Bắt đầu cuộc trò chuyện mới',
  endConversation: 'Kết thúc cuộc trò chuyện này',
  language: 'Ngôn ngữ',

  connecting: 'Đang kết nối…',
  connected: 'Đã kết nối',
  reconnecting: 'Đang kết nối lại…',
  offline: 'Quý vị đang ngoại tuyến',
  closed: 'Cuộc trò chuyện đã kết thúc',
  failed: 'Chưa kết nối',

  tryNow: 'Thử ngay',
  tryAgain: 'Thử lại',
  useHere: 'Dùng ở đây',
  checkAgain: 'Kiểm tra lại',
  dismiss: 'Ẩn',

  emergency: 'Đây có phải là trường hợp khẩn cấp không? Hãy gọi 911.',
  disclosure: 'Quý vị đang trò chuyện với trợ lý AI, không phải với người thật. Trợ lý có thể sai.',
  humanContact: 'Để nói chuyện với người thật, hãy gọi cho phòng khám.',

  log: 'Tin nhắn',
  emptyTitle: 'Chúng tôi có thể giúp gì cho quý vị?',
  emptyText: 'Hãy viết tin nhắn để bắt đầu.',
  historyLoading: 'Đang tải các tin nhắn trước…',
  showEarlier: 'Xem các tin nhắn trước',
  newMessages: (count) => `${n(count)} tin nhắn mới`,
  jumpToLatest: 'Đến tin nhắn mới nhất',
  logHint: 'Dùng các phím mũi tên để đi từ tin nhắn này đến tin nhắn khác.',
  today: 'Hôm nay',
  yesterday: 'Hôm qua',

  you: 'Quý vị',
  agent: 'Trợ lý AI',
  system: 'Thông báo',
  messageName: (author, time) => `${author}, ${time}`,
  messageOptions: 'Tùy chọn tin nhắn',
  aboutMessage: (beginning) => `: “${beginning}”`,
  incomplete: 'Câu trả lời này bị ngắt.',
  provisional: 'Câu trả lời đầy đủ vẫn đang được chuẩn bị.',
  copy: 'Sao chép',
  copied: 'Đã sao chép',
  opensNewTab: 'mở trong thẻ mới',
  table: 'Bảng',
  codeBlock: 'Mã',
  typing: 'Trợ lý AI đang viết…',
  stillWorking: 'Trợ lý AI vẫn đang xử lý…',
  stopped: 'Quý vị đã dừng câu trả lời này.',
  image: (alt) => (alt ? `Hình: ${alt}` : 'Hình'),

  queued: 'Đang chờ gửi',
  sent: 'Đã gửi',
  checking: 'Đang kiểm tra xem tin nhắn đã đến chưa…',
  unconfirmed: 'Chúng tôi không biết tin nhắn này đã đến chưa.',
  delivered: 'Đã nhận',
  notSent: 'Chưa gửi được',
  dontSend: 'Không gửi',
  edit: 'Sửa',
  sendAgain: 'Gửi lại',
  checkNow: 'Kiểm tra ngay',
  itArrived: 'Tin đã đến',
  askAgain: 'Hỏi lại',

  toolRunning: (name) => `Đang làm: ${name}`,
  toolSucceeded: (name) => `Đã xong: ${name}`,
  toolFailed: (name) => `Không thành công: ${name}`,
  toolFinished: (name) => `Đã kết thúc: ${name}`,
  toolDetails: 'Chi tiết',
  toolInput: 'Nội dung gửi',
  toolResult: 'Kết quả',

  unfinished: 'Quý vị có một cuộc trò chuyện chưa kết thúc. Quý vị muốn tiếp tục hay bắt đầu lại?',
  continueChat: 'Tiếp tục',
  startOver: 'Bắt đầu lại',
  suggestions: 'Câu trả lời gợi ý',

  composerLabel: 'Tin nhắn của quý vị',
  composerPlaceholder: 'Viết tin nhắn',
  composerHint: 'Nhấn Enter để gửi, nhấn Shift và Enter để xuống dòng.',
  send: 'Gửi',
  stop: 'Dừng trả lời',
  charactersLeft: (count) => `Còn ${n(count)} ký tự`,
  charactersOver: (count) => `Thừa ${n(count)} ký tự`,

  approvalTitle: 'Vui lòng xem lại và xác nhận',
  approve: 'Đồng ý',
  reject: 'Từ chối',

  noteApproved: 'Bạn đã đồng ý.',
  noteRejected: 'Bạn đã từ chối.',
  noteEnded: 'Cuộc trò chuyện này đã kết thúc.',
  noteResumedThread: 'Cuộc trò chuyện trước của quý vị tiếp tục ở đây.',
  noteNewThread: 'Cuộc trò chuyện mới bắt đầu ở đây.',
  noteHandover: 'Cuộc trò chuyện đã được chuyển cho nhóm chăm sóc.',
  noteIdle: 'Cuộc trò chuyện đang tạm dừng. Hãy viết tin nhắn để tiếp tục.',

  sayReplying: 'Trợ lý AI đang trả lời.',
  saySent: 'Đã gửi tin nhắn.',
  sayQueued: 'Tin nhắn của quý vị đang chờ gửi.',
  sayNotSent: 'Tin nhắn của quý vị chưa gửi được.',
  sayUnconfirmed: 'Chúng tôi không chắc tin nhắn của quý vị đã đến.',
  sayReply: (text) => `Trợ lý AI: ${text}`,
  sayLongReply: (beginning) =>
    `Trợ lý AI: ${beginning} Câu trả lời này dài. Hãy đến phần tin nhắn để đọc hết.`,
  sayStopped: 'Đã dừng trả lời.',
  sayUnread: (count) => `Có ${n(count)} tin nhắn mới trong cuộc trò chuyện.`,
  sayConnected: 'Đã kết nối cuộc trò chuyện.',
  sayReconnecting: 'Mất kết nối. Chúng tôi đang thử lại.',
  sayOffline: 'Quý vị đang ngoại tuyến.',

  errors: {
    'missing-attribute': (subject) => [
      `Cuộc trò chuyện này chưa được cài đặt: thiếu “${subject}”.`,
      `Hãy thêm “${subject}” vào thẻ amigo-chat.`,
    ],
    'invalid-attribute': (subject) => [
      `Cuộc trò chuyện này cài đặt chưa đúng: giá trị của “${subject}” không hợp lệ.`,
      `Hãy sửa “${subject}” trong thẻ amigo-chat.`,
    ],
    'missing-token-source': [
      'Cuộc trò chuyện này chưa được cài đặt: không có cách đăng nhập.',
      'Hãy thêm “token-url” hoặc “getToken” vào thẻ amigo-chat.',
    ],
    'no-websocket': [
      'Trình duyệt của quý vị quá cũ để trò chuyện.',
      'Hãy cập nhật trình duyệt hoặc gọi cho phòng khám.',
    ],
    'blocked-by-policy': [
      'Trang này không cho phép kết nối trò chuyện.',
      'Tạm thời, hãy gọi cho phòng khám.',
    ],
    'token-failed': ['Chúng tôi không thể đăng nhập cho quý vị.', 'Hãy đợi một chút rồi thử lại.'],
    'token-timeout': ['Việc đăng nhập mất quá nhiều thời gian.', 'Hãy thử lại.'],
    'token-invalid': ['Đăng nhập không thành công.', 'Hãy tải lại trang hoặc gọi cho phòng khám.'],
    'signed-out': ['Quý vị đã đăng xuất.', 'Hãy đăng nhập lại để tiếp tục trò chuyện.'],
    'origin-refused': [
      'Không thể dùng cuộc trò chuyện trên trang này.',
      'Hãy mở từ trang web chính của phòng khám.',
    ],
    forbidden: [
      'Quý vị không có quyền vào cuộc trò chuyện này.',
      'Nếu quý vị nghĩ đây là nhầm lẫn, hãy gọi cho phòng khám.',
    ],
    'could-not-connect': [
      'Chúng tôi không thể kết nối.',
      'Hãy kiểm tra mạng internet. Chúng tôi sẽ tiếp tục thử.',
    ],
    'connection-lost': ['Đã mất kết nối.', 'Chúng tôi đang cố kết nối lại.'],
    offline: ['Quý vị đang ngoại tuyến.', 'Hãy kiểm tra mạng internet. Quý vị vẫn có thể viết tiếp.'],
    'server-unavailable': ['Trò chuyện hiện không hoạt động.', 'Chúng tôi sẽ sớm thử lại.'],
    'server-error': ['Đã có lỗi từ phía chúng tôi.', 'Hãy thử lại sau một phút.'],
    'too-many-connections': [
      'Hiện có rất nhiều người đang trò chuyện.',
      'Hãy đợi một chút. Chúng tôi sẽ sớm thử lại.',
    ],
    'open-elsewhere': [
      'Cuộc trò chuyện này đang mở ở cửa sổ khác.',
      'Hãy dùng ở đây hoặc bắt đầu cuộc trò chuyện mới.',
    ],
    'refused-request': ['Không thể bắt đầu trò chuyện.', 'Hãy tải lại trang hoặc gọi cho phòng khám.'],
    'not-found': ['Chúng tôi không tìm thấy dịch vụ trò chuyện này.', 'Hãy gọi cho phòng khám.'],
    'conversation-not-found': [
      'Chúng tôi không tìm thấy cuộc trò chuyện này.',
      'Quý vị có thể bắt đầu cuộc trò chuyện mới.',
    ],
    'policy-violation': [
      'Cuộc trò chuyện đã được đóng vì lý do an toàn.',
      'Nếu cần giúp đỡ, hãy gọi cho phòng khám.',
    ],
    'closed-by-server': ['Cuộc trò chuyện đã bị đóng.', 'Hãy thử mở lại.'],
    'unreadable-frames': ['Chúng tôi không đọc được một phần câu trả lời.', 'Nếu thiếu gì, hãy hỏi lại.'],
    'message-blank': ['Tin nhắn của quý vị trống.', 'Trước tiên hãy viết gì đó.'],
    'message-too-long': ['Tin nhắn của quý vị quá dài.', 'Hãy viết ngắn hơn hoặc gửi từng phần.'],
    'message-refused': ['Không thể gửi tin nhắn của quý vị.', 'Hãy sửa rồi gửi lại.'],
    'reply-failed': ['Không nhận được câu trả lời.', 'Hãy hỏi lại.'],
    'reply-interrupted': ['Câu trả lời bị ngắt.', 'Chúng tôi đang tìm phần còn lại.'],
    'reply-timeout': ['Câu trả lời mất quá nhiều thời gian.', 'Hãy đợi một phút rồi hỏi lại.'],
    'reply-too-long': ['Câu trả lời quá dài để hiển thị.', 'Hãy yêu cầu câu trả lời ngắn hơn.'],
    'reply-delayed': ['Câu trả lời đầy đủ lâu hơn bình thường.', 'Chúng tôi tạm ngừng kiểm tra.'],
    'approval-failed': ['Chúng tôi không gửi được quyết định của bạn.', 'Vui lòng thử lại.'],
    'history-unavailable': [
      'Chúng tôi không tải được các tin nhắn cũ.',
      'Quý vị vẫn có thể viết tin nhắn mới.',
    ],
  },
};

export default vi;
