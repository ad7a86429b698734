/// WeChat Pay v3, native payments (https://pay.weixin.qq.com/doc/v3/merchant): requests signed by the merchant's
/// key, answers and notifications signed by the platform's, notifications' contents sealed by AES-256-GCM.
@NullMarked
package dev.sampan.payments.internal.wechat;

import org.jspecify.annotations.NullMarked;
