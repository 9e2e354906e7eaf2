"""Wordings that operators have in common, in French, English and Chinese; those of one offer stand in the catalogue.

Texts are folded before they are compared, so nothing here has accents or capitals.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Subject(StrEnum):
    """What a date is about, as far as the words around it tell."""

    CREDIT = "credit"
    LINE = "line"
    PLAN = "plan"
    NOTHING = "nothing"


class General(NamedTuple):
    """A wording, what its date is about, and whether what it reads is clear without asking."""

    pattern: str
    subject: Subject = Subject.NOTHING
    is_clear: bool = True


_CREDIT = (
    (
        "solde|credit|compte_principal est_de|s'eleve_a|actuel_est_de|disponible_est_de|restant_est_de|principal_est_de|"
        "de_communication_est_de {credit}"
    ),
    "solde|credit|compte_principal {credit}",
    "solde|credit|balance au|du|le|as_of|on|at {other} {credit}",
    (
        "nouveau_solde|nouveau_credit|solde_actuel|credit_actuel|solde_restant|credit_restant|credit_disponible|"
        "solde_principal|solde_disponible|credit_de_communication|credit_total * {credit}"
    ),
    "solde|credit * est_de|est_maintenant_de|est_desormais_de|s'eleve_a|passe_a|atteint {credit}",
    "reste|restent|restant|disponible|disponibles|disposez_de|beneficiez_de {credit}",
    "reste|restent|disposez * {credit}",
    "{credit} restant|restants|disponible|disponibles|de_credit|de_credits|sur_votre_compte",
    "balance|credit is|is_now|of|remaining|left {credit}",
    "balance|airtime|credit {credit}",
    "balance * is|is_now {credit}",
    (
        "current_balance|new_balance|remaining_balance|account_balance|main_balance|airtime_balance|available_balance|"
        "remaining_credit|available_credit * {credit}"
    ),
    "have|got|with {credit} left|remaining|credit|of_credit|airtime|in_your_account|on_your_account|available",
    "{credit} left|remaining|of_credit_left|credit_left|of_credit_remaining|credit_remaining|in_your_account|airtime_left",
    "余额|余額|餘額|结余|結餘|剩余话费|剩余金额|可用余额|当前余额|账户余额|话费余额|可用额度 为|是|有|还有|还剩|剩余|约|共 {credit}",
    "余额|余額|餘額|结余|結餘|剩余话费|剩余金额|可用余额 {credit}",
    "余额|余額|餘額|结余 * {credit}",
    "还剩|尚余|仅剩 {credit}",
)
_CREDIT_ASKED = (
    "solde|credit * {credit}",
    "balance|credit * {credit}",
)
_AMOUNT = (
    "votre_recharge|votre_rechargement|la_recharge|le_rechargement de|d'un_montant_de {amount} a|est|bien",
    (
        "recharge|rechargement de {amount} * effectuee|effectue|reussie|reussi|validee|valide|prise_en_compte|pris_en_compte|"
        "enregistree|enregistre|confirmee|confirme|acceptee|accepte"
    ),
    "vous_avez recharge|credite|ajoute {amount}",
    "vous_avez_recharge|vous_venez_de_recharger * {amount}",
    "ligne|compte|numero * recharge|rechargee|credite|creditee de {amount}",
    "avons_bien_recu|merci_pour votre_recharge_de|votre_rechargement_de|votre_paiement_de {amount}",
    "credites|credite|creditee de {amount}",
    "topped_up|recharged * {amount}",
    "your top-up|topup|recharge|payment of {amount} * successful|received|complete|confirmed|processed|added",
    "your top-up|topup|recharge of {amount} has|was|is",
    "thanks_for|thank_you_for topping_up|your_top-up_of|your_recharge_of * {amount}",
    "added {amount} to_your|of_credit|credit",
    "{amount} has_been|was|have_been added|credited|topped_up|applied",
    "received your_payment_of|a_payment_of|your_top-up_of {amount}",
    "成功充值|充值成功|已充值|成功缴费|缴费成功|已缴费|成功交费|交费成功|已交费|已为您充值|已到账 {amount}",
    "成功充值|充值成功|成功缴费|缴费成功|交费成功 * {amount}",
    "充值|缴费|交费 {amount} 成功|已成功|已到账|到账",
    "充值|缴费|交费 * {amount} 已成功|已到账|成功",
)
_DATA = (
    "reste|restent|restant|restants|disponible|disponibles|disposez_de|disposez_encore_de {data}",
    "reste|restent|disposez * {data}",
    "{data} restant|restants|restante|disponible|disponibles|d'internet_restant|d'internet_restants|internet_restants",
    "solde|credit data|internet|mobile * {data}",
    "solde_data|solde_internet|internet_restant|data_restante|data_restantes|internet_mobile_restant * {data}",
    "{data} left|remaining|of_data_left|data_left|of_data_remaining|data_remaining|available|of_data_available",
    "data_balance|data_left|data_remaining|remaining_data|internet_balance|balance_data|available_data * {data}",
    "have|got {data} of|data",
    "{data} * restant|restants|restante|disponibles|left|remaining",
    "剩余流量|流量剩余|可用流量|剩余可用流量|当前剩余流量|剩余通用流量|国内流量剩余|剩余国内流量|流量余量|流量还剩|流量结余 {data}",
    "剩余|还剩|剩|可用|结余|余量 * {data}",
)
_MINUTES = (
    "reste|restent|restant|restants|restantes|disponibles|disposez_de {minutes}",
    "reste|restent|disposez * {minutes}",
    "{minutes} restantes|restants|restante|disponibles|d'appel_restantes|d'appels_restantes|d'appels_restants",
    "{minutes} left|remaining|minutes_left|of_calls_left|available",
    "{minutes} * restant|restants|restantes|disponibles|left|remaining",
    "minutes_left|minutes_remaining|remaining_minutes|minutes_balance|voice_balance * {minutes}",
    "剩余语音|语音剩余|剩余通话|通话剩余|剩余分钟数|剩余主叫|语音还剩 * {minutes}",
    "剩余|还剩|剩|可用 * {minutes}",
)
_SMS = (
    "reste|restent|restant|restants|disponibles|disposez_de {sms}",
    "reste|restent|disposez * {sms}",
    "{sms} restants|restant|disponibles",
    "{sms} left|remaining|available",
    "{sms} * restant|restants|restantes|disponibles|left|remaining",
    "texts_left|texts_remaining|remaining_texts|sms_left|sms_balance|text_balance * {sms}",
    "剩余短信|短信剩余|短信还剩 * {sms}",
    "剩余|还剩|剩|可用 * {sms}",
)
_ENDS_FR = (
    "jusqu'au|jusqu'a|expire_le|expirera_le|expirent_le|expireront_le|prend_fin_le|se_termine_le|arrive_a_echeance_le|"
    "valable_au|valide_au|au_plus_tard_le|fin_de_validite|fin_de_validite_le|date_de_validite"
)
_ENDS_EN = (
    "until|till|valid_to|valid_thru|valid_through|expires|expires_on|expire_on|expiring_on|will_expire_on|ends_on|"
    "expiry|expiry_date|expiration_date|runs_out_on|good_through|active_through|expires_at"
)
_ENDS_ZH = "有效期至|有效期到|有效至|有效期截至|有效期截止|有效期为|有效期|使用期至|到期日|到期日为|到期时间|到期时间为|失效日期|截止日期|可用至|保留至|保号至"
_SUBJECTS = {
    Subject.CREDIT: (
        "solde|soldes|credit|credits|compte|votre_recharge|votre_rechargement",
        "balance|credit|airtime|your_top-up|your_topup|funds",
        "余额|余額|话费|账户|帐户|充值",
    ),
    Subject.LINE: (
        "ligne|numero|carte_sim|sim",
        "number|sim|line|sim_card|service",
        "号码|号卡|手机号|服务|卡片",
    ),
    Subject.PLAN: (
        "forfait|pass|option|pack|bundle|internet|data|serie",
        "plan|bundle|goodybag|pack|package|allowance|data|pass|add-on|addon|subscription|booster",
        "套餐|流量包|流量|业务|加油包|语音包",
    ),
}
_ENDS = (_ENDS_FR, _ENDS_EN, _ENDS_ZH)
_VALID_FOR = (
    "valable|valide|valables|pendant|pour|expire_dans|expirera_dans|expirent_dans",
    "valid_for|for|expires_in|expire_in|will_expire_in|ends_in",
    "有效期|有效期为|有效期还有|有效期剩余|还有|剩余|将在",
)
_ENDING = (
    "suspendue_le|suspendu_le|resiliee_le|resilie_le|desactivee_le|desactive_le|coupee_le|perdue_le|supprime_le|avant_le",
    "disconnected_on|deactivated_on|suspended_on|cancelled_on|switched_off_on|lost_on|removed_on|before",
    "将停机于|停机时间|停机日期|注销时间|销号时间",
)
"""What is told of the day on which it is over already, or perhaps not yet."""
_DATE_ASKED = (
    *(f"{ends} {{valid_until}}" for ends in _ENDS),
    "validite|echeance|date_limite|date_d'expiration|validity|expiry|expires|valid {valid_until}",
    "avant_le|d'ici_le|before|by {valid_before}",
    "{valid_until} 到期|失效|过期",
    "{valid_before} 停机|停用|注销|销号|前有效|前充值|前缴费",
    "du {other} au {valid_until}",
    "from {other} to|until {valid_until}",
    "自|从 {other} 至|到 {valid_until}",
    "valable|valide|valables|expire_dans|valid_for|expires_in|有效期|有效期为 {valid_for}",
    "{valid_for} 后到期|内有效|后失效",
)
_PASSED_OVER = (
    "consomme|consommes|consommee|utilise|utilises|utilisee|depense|debite|debitee|preleve|factures|facture {other}",
    "sur|parmi|dont|moins_de|plus_de|inferieur_a|superieur_a {other}",
    "{other} offert|offerts|offertes|bonus|gratuit|gratuits",
    "promo|promotion|jeu|bon_plan|offre_valable|offre_speciale|code_promo * {other}",
    "used|spent|charged|cost|costs|of_your|out_of|off|save|get|win|less_than|more_than|below|over|deducted {other}",
    "promo|promotion|offer|discount|code|otp|pin|password * {other}",
    "已使用|已用|共使用|已使用流量|已用流量|使用流量|已消费|消费|扣费|扣除|赠送|低于|不足|超过|套餐内|总量|共有|共 {other}",
    "截至|截止 {other}",
    "验证码|密码|优惠|促销 * {other}",
)


def general_patterns() -> Iterator[General]:
    """Yield all general wordings."""
    for patterns in (_CREDIT, _AMOUNT, _DATA, _MINUTES, _SMS, _PASSED_OVER):
        yield from map(General, patterns)
    for subject, languages in _SUBJECTS.items():
        for called, ends, lasting in zip(languages, _ENDS, _VALID_FOR, strict=True):
            yield General(f"{called} * {ends} {{valid_until}}", subject)
            yield General(f"{called} * {lasting} {{valid_for}}", subject)
        yield General(f"{languages[2]} * 将于|于|在 {{valid_until}} 到期|失效|过期", subject)
        for called, ending in zip(languages, _ENDING, strict=True):
            yield General(f"{called} * {ending} {{valid_before}}", subject)
    yield General("validite|echeance|fin_de_validite du_credit|de_votre_credit|du_solde {valid_until}", Subject.CREDIT)
    for pattern in (*_CREDIT_ASKED, *_DATE_ASKED):
        yield General(pattern, is_clear=False)
