"""What the guides tell a person to have, do, know or ask, in our own words, each with the parts that serve it.

A part is written as a path:

- `keep-online` a procedure, `keep-online.risk` what it says of itself, `keep-online/pay` one of its steps
- `keep-online/pay/amount` an item, a field or a question of that step
- `?bills` a tip or branch, wherever it opens
- `walkthrough.failed` an answer of the state machine, `renewals.latest_open` a use case; the program calls each
- `PaymentMethod.card`, `Check.sms`, `ReadingSource.shop` an option that the program offers in a choice

After `~` stands a word that the English text of the part has to hold, after `#` a fact that it has to show.
"""

from __future__ import annotations

from collections.abc import Iterator

from simtui.domain.offer import PaymentMethod
from simtui.procedures import IDS

KEEPING = ("keep-online", "keep-shop", "keep-phone", "keep-third-party", "recharge-online", "recharge-shop")

PROCEDURE_ROWS = {
    "keep-online": {
        "which operator it is": ["line#offer", "line/know-site", "line/know-app", "line/know-hotline"],
        "log in on the site or in the app, or install it": ["do/log-in~install", "do/log-in#site", "do/log-in#app"],
        "find top up or renew": ["do/find-renew~top up", "do/find-renew~renew", "do/find-renew~充值 / 续费"],
        "the number": ["do/number-read-back~number", "do/number-read-back#number"],
        "other details that are asked for": ["do/details~what else is asked"],
        "the plan": ["choose", "do/choose-plan~plan"],
        "check the amount and submit": ["do/check-submit~amount", "do/check-submit~submit"],
        "pay by card, PayPal or otherwise": ["pay/pay-now~card, PayPal", "pay/method"],
        "credited by itself": ["verify~by itself"],
        "an SMS confirms it": ["verify/seen-sms~confirmation SMS", "verify/checks"],
        "verify": ["verify/seen-balance", "verify/seen-call"],
    },
    "keep-shop": {
        "the nearest shop in the country": ["do/find-shop~nearest", "do/find-shop~country", "do/find-shop#shop_search"],
        "identity document and SIM": [
            "ready/papers-ready",
            "ready/sim-ready",
            "do/bring~identity document and the SIM",
        ],
        "say what you want": ["do/say-what~Say what you want", "do/say-what#phrase_card"],
        "give the number": ["do/say-what~number", "do/say-what#number"],
        "staff look up balance and plans": ["do/staff-look-up~balance and plans"],
        "choose": ["choose", "do/choose-plan"],
        "pay": ["pay/pay-at-the-counter", "pay/method"],
        "the receipt": ["pay/take-receipt~receipt", "pay/receipt"],
        "verify": ["verify/seen-sms", "verify/seen-validity"],
    },
    "keep-phone": {
        "the hotline": ["do/dial~hotline", "do/dial#phone", "do/dial#phone_abroad", "do/dial#hours"],
        "renew in the voice menu": ["do/voice-menu~renew"],
        "number and identity check": ["do/identity-check~number", "do/identity-check~identity check"],
        "the plan": ["choose", "do/choose-plan~plan"],
        "confirm the amount": ["do/confirm-amount~read back"],
        "pay by card or otherwise": ["pay/pay-by-phone~credit card", "pay/method"],
        "verify": ["verify/seen-call"],
    },
    "keep-third-party": {
        "open Alipay, WeChat or another platform": [
            "do/open-platform~Alipay, WeChat",
            "do/open-platform#third_parties",
        ],
        "search for the operator's top-up": ["do/search-operator~copy", "do/search-operator#search_text"],
        "number and plan": ["do/number-read-back", "do/choose-plan"],
        "confirm": ["do/check-submit~confirm"],
        "pay": ["pay/pay-now~Alipay, WeChat Pay", "pay/method"],
        "wait": ["verify/await-platform~Wait"],
        "verify": ["verify/seen-balance"],
    },
    "data-card": {
        "log in by mail or phone": [
            "do/log-in~mail address or phone number",
            "ready/login-ready~mail address or phone",
        ],
        "a lost password can be recovered": ["do/password-lost", "status/password-lost"],
        "data left, data used, balance": ["status/read-data", "status/data-used", "status/read-credit"],
        "a pack by the length of the stay": ["choose~A day, a week or a month", "choose/needed-until"],
        "card, PayPal, Alipay, WeChat Pay": ["pay/pay-now~card, PayPal, Alipay, WeChat Pay", "pay/method"],
        "the validity is extended by itself": ["verify~extended by itself", "verify/seen-validity"],
        "account page, SMS or mail": ["verify/seen-account", "verify/seen-sms", "verify/seen-mail"],
        "support where there is a problem": ["verify/not-renewed~support"],
    },
    "esim-app": {
        "which operator and plan now": ["line~Which operator", "line/know-site", "line/know-app", "line/know-hotline"],
        "bills come by mail": ["line/know-mail~bills", "line/bills~mail"],
        "a data pack for light or heavy use": [
            "choose/want-data~light or heavy",
            "choose/use~Light",
            "choose/use~Heavy",
        ],
        "beyond the pack data costs extra": ["choose/want-data~costs extra"],
        "faster network at set hours": ["choose/want-services~faster network at set hours"],
        "protection from nuisance calls and bad links": ["choose/want-services~nuisance calls and bad links"],
        "roaming in Europe, North America or elsewhere": ["choose/want-roaming~Europe, North America or elsewhere"],
        "log in to the app": ["do/app-log-in", "do/app-log-in#app"],
        "my account": ["do/my-account~我的账户"],
        "renew": ["do/app-renew~续费"],
        "the type of service": ["do/service-type~data, services or roaming"],
        "amount or quantity": ["do/quantity~amount or the quantity"],
        "check the order and submit": ["do/check-submit~Check the order"],
        "pay": ["pay/pay-now", "pay/method"],
        "the validity is updated": ["verify~validity is updated", "verify/seen-validity"],
        "verify": ["verify/checks"],
    },
    "travel-renew": {
        "log in on the site": ["do/log-in", "do/log-in#site"],
        "the password comes by mail": ["do/password-lost~by mail", "travel-renew.needs~reset by mail"],
        "type of plan": ["status/status-plan-type~by days, or by data"],
        "validity and data left": ["status/valid-until", "status/read-data"],
        "renew in time where it is soon over": ["status~renew in time", "status/plan-ahead"],
        "choose by length or by data": ["choose~length", "choose~data", "choose/needed-until", "choose/gigabytes"],
        "pay with the right card details": ["pay/card-right~card number, expiry date and name"],
        "account page and confirmation mail": ["verify/seen-account", "verify/seen-mail"],
    },
    "travel-buy": {
        "does the device support eSIM: manual, maker, operator": [
            "device/device-manual~manual",
            "device/device-maker~maker",
            "device/device-operator~support",
            "device#esim",
        ],
        "the site": ["account/open-site", "account/open-site#site"],
        "create an account": ["account/create-account~Create an account"],
        "a plan by days and data": ["choose~days and data", "choose~daily, weekly or monthly", "choose/gigabytes"],
        "pay": ["pay/pay-now", "pay/method"],
        "a mail with activation code and instructions": ["wait~activation code and the instructions", "wait/code"],
        "settings, mobile network, add a profile": ["install/settings~mobile network"],
        "enter or scan the code": [
            "install/enter-or-scan~Scan",
            "install/enter-or-scan~enter",
            "wait/confirmation-code",
        ],
        "active some seconds later": ["install/active~seconds later"],
        "a new line": ["offer/label", "offer/offer", "offer/device", "verify/number", "verify~line of yours"],
    },
    "recharge-online": {
        "top up or renew on the site": ["do/open-top-up~top up", "do/open-top-up~renew", "do/open-top-up#site"],
        "an amount such as 10, 20, 30 EUR": ["choose~10, 20 or 30 EUR", "do/choose-amount"],
        "number and details": ["do/number-read-back", "do/details"],
        "a captcha may come": ["do/details~picture", "ready/captcha-ready"],
        "card, PayPal, bank transfer": ["do/choose-payment~card, PayPal, bank transfer", "pay/method"],
        "some take WeChat or Alipay": ["do/choose-payment~a few take WeChat Pay or Alipay"],
        "check everything and submit": ["do/check-submit~submit"],
        "credited soon, with an SMS": ["verify~soon", "verify~SMS", "verify/seen-sms"],
        "verify": ["verify/checks"],
    },
    "recharge-shop": {
        "the nearest shop by a map": ["do/find-shop~map", "do/find-shop#shop_search"],
        "identity document and the SIM": ["ready/papers-ready", "ready/sim-ready", "do/bring"],
        "some ask for a printed bill": ["ready/bill-ready~some shops ask"],
        "say that you come to renew, with the number": ["do/say-renew~come to renew", "do/say-renew#number"],
        "staff recommend": ["do/staff-recommend~recommend"],
        "pay": ["pay/pay-at-the-counter", "pay/method"],
        "the receipt": ["pay/take-receipt", "pay/receipt"],
    },
}

FOR_ALL_KEEPING = {
    "status by hotline": ["status/status-hotline#phone"],
    "status by site or app": ["status/status-site#site", "status/status-site#app"],
    "the operator's SMS before the end": ["status/status-sms~SMS before the end"],
    "current plan": ["status#standing", "line#offer"],
    "data left": ["status/read-data"],
    "minutes": ["status/read-minutes"],
    "balance": ["status/read-credit", "status#balances"],
    "validity": ["status/valid-until"],
    "phone number, exact": ["ready/number-ready~exactly"],
}

HAVE_READY = {
    "an identity document: passport or other": [
        "keep-online/ready/papers-ready~passport",
        "keep-phone/ready/papers-ready",
    ],
    "the identity document in the shop too": ["keep-shop/ready/papers-ready", "recharge-shop/ready/papers-ready"],
    "credit card or e-wallet": ["keep-online/ready/means-ready~credit card or e-wallet", "data-card/ready/means-ready"],
    "the SIM itself": ["keep-shop/ready/sim-ready", "recharge-shop/ready/sim-ready"],
    "a printed bill": ["recharge-shop/ready/bill-ready", "keep-shop/ready/bill-ready"],
    "a captcha or code will be asked": ["recharge-online/ready/captcha-ready", "recharge-online/ready/code-ready~code"],
    "activation code and number checked": [
        "travel-buy/wait/code-checked~Code and number",
        "travel-buy/install/read-back",
    ],
}

VERIFICATION = {
    "SMS": ["keep-online/verify/seen-sms", "Check.sms"],
    "site or app: balance and plan": ["keep-online/verify/seen-balance~balance and the plan", "Check.site_or_app"],
    "call": ["keep-online/verify/seen-call~call", "Check.call"],
    "confirmation mail": ["data-card/verify/seen-mail", "travel-renew/verify/seen-mail", "Check.mail"],
    "validity updated": ["esim-app/verify/seen-validity", "esim-app/verify/new-valid-until"],
    "account status": ["travel-renew/verify/seen-account~active"],
}

BRANCHES = {
    "a lost password is reset by number and code, by mail, on the site": [
        "?password-lost~log-in page",
        "?password-lost~code comes by SMS",
        "?password-lost~link comes by mail",
        "keep-online/do/password-lost",
        "data-card/do/password-lost",
        "travel-renew/do/password-lost",
    ],
    "a failed payment: network or payment channel": ["?payment-failed~connection", "?payment-failed~payment services"],
    "another method, later, after several tries support": [
        "?payment-failed~another method",
        "?payment-failed~later",
        "?payment-failed~After several failures ask support",
        "walkthrough.try_again",
        "walkthrough.later",
    ],
    "before any retry: was the account charged?": ["?payment-failed~was your account charged", "walkthrough.charged"],
    "the connection broke: refresh, check, redo, or support": [
        "?network-lost~open the page anew",
        "?network-lost~did the order go through",
        "?network-lost~do it again",
        "?network-lost~support",
        "esim-app/pay/network-lost",
        "travel-renew/pay/network-lost",
    ],
    "wrong plan: support changes it, at some operators for a limited time": ["?wrong-plan~limited time"],
    "bills: site or app, some by mail": ["?bills~Site or app", "?bills~by mail", "esim-app/line/bills"],
    "a data plan stops and unused data is void": ["?forgot-to-renew~void", "data-card/line/forgot-to-renew"],
    "a number is suspended, then recycled": ["?forgot-to-renew~suspended", "?forgot-to-renew~somebody else"],
    "effective in minutes to hours; after 24 hours support": ["?when-effective~hours", "?when-effective~24 hours"],
    "a data card is for one person; buy one each": ["?share-a-card~one person", "data-card/choose/share-a-card"],
    "not every device has eSIM; check before": ["?device-support~Not every device", "travel-buy/device/device-support"],
    "the code did not arrive: mail, spam folder, support": [
        "?code-did-not-arrive~spam folder",
        "?code-did-not-arrive~support",
        "travel-buy/wait/code-did-not-arrive",
    ],
    "not renewed after paying: support, with order number": [
        "?not-renewed~order number",
        "?not-renewed#support_text",
        "data-card/verify/not-renewed",
        "travel-renew/verify/not-renewed",
    ],
}

TIPS = {
    "days ahead, a week for an eSIM, weeks for promotions": [
        "?plan-ahead~days",
        "?plan-ahead~week",
        "?plan-ahead~weeks",
    ],
    "look at the balance; choose how often to top up": ["?check-balance~how often you top up"],
    "automatic renewal for long absence": ["?auto-renew~renew itself", "?auto-renew~long"],
    "keep order number and receipt": ["?keep-proof~order number and receipt", "?keep-proof~complaints"],
    "packs differ in data and validity": ["?compare-contents~data, the validity"],
    "discounts, extra data, bundles with end dates": ["?promotions~Discounts, extra data", "?promotions#promotions"],
    "half a year or a year at once, by this line's sums": [
        "?longer-is-cheaper~Half a year or a year",
        "?longer-is-cheaper#savings",
    ],
    "cashback and top-up promotions vary": ["?cashback~vary"],
    "private resellers: wrong number, stolen cards, no proof": [
        "?agents-risk~wrong number",
        "?agents-risk~stolen card",
        "?agents-risk~no proof",
        "keep-third-party/pay/agents-risk",
    ],
    "pay over a stable connection": ["?stable-network~stable connection", "esim-app/pay/stable-network"],
    "no personal data to strangers; check the address": ["?safe-online~personal data", "?safe-online~address"],
    "check number and code once more": [
        "?read-back~number",
        "?read-back~activation code",
        "recharge-online/pay/read-back",
    ],
    "a second channel: VoIP, second number": ["?backup-channel~second number", "?backup-channel~VoIP"],
    "validity differs: 3, 6, 12 months": ["?know-the-terms~3, 6 or 12 months"],
    "a Monaco data card: Monaco, southern France, northern Italy": ["?coverage~southern France and northern Italy"],
    "bank and messengers go with the number": ["?what-is-bound~Banks and messengers", "?what-is-bound#bound_services"],
}

OVERVIEW = {
    "line and offer": ["keep-online/line#number", "keep-online/line#offer"],
    "I don't know: site, app, hotline tell": ["keep-online/line/know-site", "keep-online/line/know-hotline~hotline"],
    "status first, as a dated reading": ["keep-online/status/read-at", "ReadingSource.hotline", "ReadingSource.dial_code"],
    "log-in hint: mail or phone, never a password": ["keep-online/status/status-site~Never write a password"],
    "channel: needs, duration, proof, risk": [
        *(f"{each}.{part}" for each in IDS for part in ("needs", "takes", "proof", "risk")),
    ],
    "channel remembered": ["keep-online/channel~remembered", "keep-online/channel/procedure"],
    "have ready: number in groups, means of payment": ["keep-online/ready/number-ready#number", "keep-online/ready/means-ready#payments"],
    "needed until, and data": ["keep-online/choose/needed-until", "keep-online/choose/gigabytes"],
    "each choice with its date and cost a month": ["keep-online/choose~date", "keep-online/choose~a month"],
    "number read back": ["keep-online/do/number-read-back~read it back"],
    "shop: address search to copy, phrase card": ["keep-shop/do/find-shop~copy", "keep-shop/do/say-what#phrase_card"],
    "phone: dial, menu, identity, plan, pay": ["keep-phone/do/dial", "keep-phone/do/voice-menu", "keep-phone/pay/pay-by-phone"],
    "app: 我的账户, 续费, service, amount, confirm, pay": ["esim-app/do/my-account", "esim-app/do/app-renew", "esim-app/pay"],
    "payment: method, amount, order number, receipt": [
        *(f"{each}/pay/{part}" for each in IDS for part in ("method", "amount", "order-number", "receipt", "confirmation", "paid-on")),
        *(f"PaymentMethod.{each.name.lower()}" for each in PaymentMethod),
    ],
    "verify: at least one check": [*(f"{each}/verify/checks" for each in IDS), "keep-online/verify/checks~At least one"],
    "what was read after the renewal": ["keep-online/verify/new-credit", "keep-online/verify/new-data", "keep-online/verify/new-valid-until"],
    "minutes to hours, as the offer says": ["keep-online/verify#effective_within", "keep-online/verify#timer"],
    "after 24 hours support, with hours, number, order, text": ["?not-renewed#support_text", "?not-renewed#hours", "?not-renewed#phone", "?not-renewed#order", "walkthrough.follow_up"],
    "charged, another method, later, support": ["walkthrough.failed", "walkthrough.charged", "walkthrough.try_again", "walkthrough.later"],
    "already paid": ["walkthrough.already_paid"],
    "every answer is kept as it is given": ["walkthrough.fill", "walkthrough.tick_seen", "walkthrough.choose", "walkthrough.note"],
    "leave and come back to the same step": ["walkthrough.place", "renewals.latest_open", "walkthrough.resume"],
    "step by step, back, and steps that are not asked": ["walkthrough.forward", "walkthrough.back", "walkthrough.skip"],
    "another channel in the middle of it": ["walkthrough.switch"],
    "items: data, roaming and service in one order": ["esim-app/choose~several things", "walkthrough.choose"],
    "activation and confirmation code": ["travel-buy/wait/code", "travel-buy/wait/confirmation-code"],
}  # fmt: skip

TABLES = (*PROCEDURE_ROWS.values(), FOR_ALL_KEEPING, HAVE_READY, VERIFICATION, BRANCHES, TIPS, OVERVIEW)


def rows() -> Iterator[tuple[str, str]]:
    """Yield what has to be served with each part that serves it, as a full path."""
    for procedure, phrases in PROCEDURE_ROWS.items():
        for phrase, parts in phrases.items():
            yield from ((phrase, part if part.startswith(f"{procedure}.") else f"{procedure}/{part}") for part in parts)
    for procedure in KEEPING:
        yield from ((phrase, f"{procedure}/{part}") for phrase, parts in FOR_ALL_KEEPING.items() for part in parts)
    for table in (HAVE_READY, VERIFICATION, BRANCHES, TIPS, OVERVIEW):
        yield from ((phrase, part) for phrase, parts in table.items() for part in parts)
